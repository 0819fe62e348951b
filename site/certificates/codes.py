"""Codes of papers: unguessable, and readable by a voice on the telephone.

25 letters and digits, twelve of them, hold 55.7 bits. Left out are those taken for others (0 O, 1 I L, 2 Z,
5 S, 8 B) and the vowels, so that no code says a word.
"""

import re
import secrets

ALPHABET = "23456789CDFGHJKMNPQRTVWXY"
GROUPS, GROUP = 3, 4
#: As the database and the addresses keep it: «4F7K-2MNP-9QRT».
PATTERN = "-".join([f"[{ALPHABET}]{{{GROUP}}}"] * GROUPS)

#: Signs that are in no code, by the one they are taken for.
MISREAD = str.maketrans("BSZ", "852")
#: Russian letters by the Latin ones that look so, and by those on the same key.
LOOKS = str.maketrans("ВЕКМНРСТУХЗ", "8EKMHPCTYX3")
KEYS = str.maketrans("ЙЦУКЕНГШЩЗФЫВАПРОЛДЯЧСМИТЬ", "QWERTYUIOPASDFGHJKLZXCVBNM")
RUBBISH = re.compile(r"[\W_]+")
ADDRESS = re.compile(r".*/certificates/([^/?#]+).*", re.DOTALL)


def new_code() -> str:
    letters = [secrets.choice(ALPHABET) for _letter in range(GROUPS * GROUP)]
    return _grouped("".join(letters))


def readings(text: str) -> list[str]:
    """The codes that a person may have meant, the likeliest first; none where it is no code.

    Case, spaces, hyphens of any kind and a whole address around the code do not matter. Russian letters are read
    by their looks («Н» for H) and as keys pressed in the wrong layout («н» for Y).

    >>> readings(" 4f7k 2mnp–9qrt ")
    ['4F7K-2MNP-9QRT']
    """
    plain = RUBBISH.sub("", ADDRESS.sub(r"\1", text)).upper()
    found = [_grouped(plain.translate(table).translate(MISREAD)) for table in (LOOKS, KEYS)]
    return [code for code in dict.fromkeys(found) if re.fullmatch(PATTERN, code)]


def _grouped(letters: str) -> str:
    return "-".join(letters[start : start + GROUP] for start in range(0, len(letters), GROUP))
