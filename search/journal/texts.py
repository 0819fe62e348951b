"""Which texts are kept, and in what form: the same question typed twice is one."""

import re

from search.analysis import clean

#: What is longer is a pasted text, not a query.
LONGEST = 100
MOST_WORDS = 12
DIGITS_OF_A_NUMBER = 7

ENDS = " \t.,;:!?…"
ADDRESS = re.compile(r"@|://|www\.|\b(?:vk|t)\.(?:com|ru|me)/", re.IGNORECASE)
DATE = re.compile(r"\d{1,2}[./-]\d{1,2}[./-]\d{2,4}")
YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
#: Digits as people write telephones, passports, insurance numbers: parted by little. Possessive.
NUMBER = re.compile(r"\d(?:[\s().+\u2010-\u2015-]*+\d)*+")
#: Not of «основной», «на уровне», «царевна», «Алёша Попович».
PATRONYMIC = re.compile(r"(?:(?<!поп)[ое]вич|ьич)(?:а|у|ем)?$|(?:овн|(?<!цар)евн|иничн)[аыу]$")


def kept(text: str) -> str:
    """The query as it is kept: small letters, single spaces; empty for what is not kept."""
    text = " ".join(clean(text[: LONGEST * 3]).lower().split()).strip(ENDS)
    if len(text) > LONGEST or len(text.split()) > MOST_WORDS or is_personal(text):
        return ""
    return text


def is_personal(text: str) -> bool:
    """Whether this may be somebody's data: an address, a number, a date of birth, a name with a patronymic."""
    if ADDRESS.search(text) or DATE.search(text):
        return True
    if any(sum(map(str.isdigit, number)) >= DIGITS_OF_A_NUMBER for number in NUMBER.findall(YEAR.sub(" ", text))):
        return True
    words = text.split()
    return len(words) > 1 and any(PATRONYMIC.search(word.strip(ENDS)) for word in words)
