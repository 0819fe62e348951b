"""What was understood of a Word file, and the answer when nothing was."""

from dataclasses import dataclass, field

from django.utils.translation import gettext_lazy as _

#: What a person calls the field where a part of the file went.
PLACES = {
    "title": _("Name of the practice"),
    "summary": _("In short"),
    "problem": _("What was hard"),
    "body": _("What was done"),
    "results": _("What came of it"),
    "did_not_work": _("What did not work"),
    "class_size": _("Class size"),
    "duration": _("Time"),
    "equipment": _("Equipment"),
    "special_needs": _("Pupils with special needs"),
    "tags": _("Tags"),
    "grades": _("Grades"),
}


class WordRefused(Exception):  # noqa: N818 - a refusal, not a fault
    """The file cannot be read as a practice; its words are for the person who brought it."""

    def __init__(self, message: str):
        super().__init__(message)
        self.message = message


@dataclass
class Understood:
    """A Word file as the parts of a practice. Rich text is cleaned; the rest is plain text.

    `body`: the raw value of a `core.blocks.TextBody`. `notes`: what was left out or moved, in words for the author.
    `outline`: (heading in the file, what the field is called where it went), in the file's order.
    """

    title: str = ""
    summary: str = ""
    problem: str = ""
    results: str = ""
    did_not_work: str = ""
    body: list[dict] = field(default_factory=list)
    class_size: str = ""
    duration: str = ""
    equipment: str = ""
    special_needs: str = ""
    tags: list[str] = field(default_factory=list)
    grades: list[int] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    outline: list[tuple[str, str]] = field(default_factory=list)
