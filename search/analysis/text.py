"""From a text to its words, still as written."""

import re
import unicodedata

#: What is invisible or only decorates (NUL, soft hyphen, zero-width characters, stress marks), and halves of
#: surrogate pairs, which no database takes.
NOISE = re.compile("[\x00\ud800-\udfff\u00ad\u0300\u0301\u200b-\u200d\u2060\ufeff]")
#: Letters and digits, hyphenated up to eight parts. Possessive: nothing to try again on hostile text.
WORD = re.compile(r"[^\W_]++(?:[-\u2010\u2011][^\W_]++){0,7}+")
LONGEST = 128
HYPHEN = re.compile("[-\u2010\u2011]")


def clean(text: str) -> str:
    """The text without what cannot be seen, composed (NFC: «й» is one character, not two)."""
    text = NOISE.sub("", text)
    return text if unicodedata.is_normalized("NFC", text) else unicodedata.normalize("NFC", text)


def words(text: str) -> list[str]:
    """Words of a clean text in their order. In a text all of capitals the case means nothing and is dropped."""
    if text.isupper():
        text = text.lower()
    found = WORD.findall(text)
    if max(map(len, found), default=0) > LONGEST:
        return [word[:LONGEST] for word in found]
    return found


def fold(word: str) -> str:
    """One spelling of a word: no case, ё = е, a plain hyphen."""
    return HYPHEN.sub("-", word.casefold().replace("ё", "е"))
