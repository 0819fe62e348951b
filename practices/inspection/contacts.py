"""Phone numbers and e-mail addresses in a line of text."""

import re
from collections.abc import Collection, Iterator

_GAP = r"[\s\xa0.–—-]{0,2}"
#: +7 (914) 123-45-67 and its many spellings. Codes of Russia begin with 3, 4, 8 or 9; 800 is a public line.
FULL = re.compile(
    rf"(?<![\w+.,/-])(?:(?:\+{_GAP}7|8|7){_GAP}\(?{_GAP}(?!800)[3489]\d\d{_GAP}\)?|\((?!800)[34]\d{{2,4}}\)){_GAP}"
    rf"\d(?:{_GAP}\d){{4,6}}(?!\d|[.,]\d|-[а-я]|\s*(?:руб|₽|км|кг|чел|стр))"
)
#: A number of the city, which only its word tells from any other: «тел. 245-67-89».
LOCAL = re.compile(
    r"\b(?:тел(?:ефон)?|моб(?:ильный)?|сот(?:овый)?|звон\w+|факс|whats\s?app|ватсап)\b[\w.:\s№-]{0,12}?(\d[\d\s-]{3,10}\d)",
    re.IGNORECASE,
)
EMAIL = re.compile(r"(?<![\w.+-])[\w.+-]{1,64}@(?:[\w-]{1,63}\.)+[a-zа-я]{2,24}\b", re.IGNORECASE)
#: Addresses that belong to nobody.
NOBODY = re.compile(r"@(?:example\.|test\.|mail\.example)|^(?:noreply|no-reply)@", re.IGNORECASE)
#: Digits of a number without the country's 8 or 7, and with it.
LOCAL_DIGITS = range(5, 8)
FULL_DIGITS = (10, 11)


def phones(line: str) -> Iterator[str]:
    """Numbers by which somebody could be called.

    >>> list(phones("Звоните: 8 (914) 123-45-67 или тел. 245-67-89; ISBN 978-5-09-012345-6"))
    ['8 (914) 123-45-67', '245-67-89']
    """
    found = [
        (match.start(), match[0].strip(" .–—-"))
        for match in FULL.finditer(line)
        if sum(map(str.isdigit, match[0])) in FULL_DIGITS
    ]
    taken = [(start, start + len(text)) for start, text in found]
    for match in LOCAL.finditer(line):
        start = match.start(1)
        if sum(map(str.isdigit, match[1])) in LOCAL_DIGITS and not any(a <= start < b for a, b in taken):
            found.append((start, match[1].strip()))
    yield from (text for _start, text in sorted(found))


def emails(line: str, own: Collection[str] = ()) -> Iterator[str]:
    """Addresses that are not the authors' own (lower case)."""
    for match in EMAIL.finditer(line):
        address = match[0].strip(".")
        if address.lower() not in own and not NOBODY.search(address):
            yield address
