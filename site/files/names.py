"""Names that people give to files, made safe to store, show and send."""

import re
import secrets
import unicodedata

#: Longest name kept, its ending included. 255 bytes is what file systems take, and Cyrillic needs two a letter.
LONGEST = 120

#: What Windows does not take in a name, and what parts a path.
FORBIDDEN = re.compile(r'[<>:"/\\|?*]+')

#: Random bytes in a stored file's name: who does not know the address of a draft's picture cannot guess it.
SECRET_BYTES = 12


def extension_of(name: str) -> str:
    """The ending after the last dot in lower case, without the dot; empty if there is none."""
    _stem, dot, ending = name.rpartition(".")
    return ending.strip().lower() if dot else ""


def safe_name(name: str) -> str:
    """The last part of a path without invisible, direction-changing or forbidden characters, of a sane length."""
    last = re.split(r"[/\\]", unicodedata.normalize("NFC", name))[-1]
    # Category C is control, format (right-to-left override among them), surrogate, private and unassigned.
    visible = "".join(character for character in last if unicodedata.category(character)[0] != "C")
    spaced = " ".join(FORBIDDEN.sub("_", visible).split())
    ending = extension_of(spaced)
    stem = (spaced[: -len(ending) - 1] if ending else spaced).strip(" .") or "file"
    if not ending:
        return stem[:LONGEST]
    return f"{stem[: LONGEST - len(ending) - 1].rstrip(' .')}.{ending}"


def secret_name(name: str) -> str:
    """A random name with the ending of this one."""
    return f"{secrets.token_hex(SECRET_BYTES)}.{extension_of(safe_name(name))}"
