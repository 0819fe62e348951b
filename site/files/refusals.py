"""How checks say no."""

import puremagic
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from files.formats import Format

#: Below this, the first bytes say too little to name a format.
SURE_ENOUGH = 0.5


def refusal(code: str, words: str) -> ValidationError:
    """A refusal; the code is for machines, the words for the person who uploads."""
    return ValidationError(words, code=code)


def is_not(format_: Format, head: bytes) -> ValidationError:
    """The refusal of a file whose content is not what its name says, naming what it is if the first bytes tell."""
    found = what_is(head)
    named = format_.code.upper()
    if found and found != named:
        words = _("The file's name says %(named)s, but inside it is %(found)s.") % {"named": named, "found": found}
    else:
        words = _("The file's name says %(named)s, but its content does not: it is damaged or of another kind.") % {
            "named": named
        }
    return refusal("content", words)


def what_is(head: bytes) -> str:
    """The usual ending of what the bytes are, in capitals; empty if nobody knows."""
    try:
        matches = puremagic.magic_string(head)
    except (puremagic.PureError, ValueError):
        return ""
    if not matches or matches[0].confidence < SURE_ENOUGH:
        return ""
    return matches[0].extension.lstrip(".").upper()
