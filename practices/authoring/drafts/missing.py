"""What a reader would miss in a text: listed for its author, asked for only at submission."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _

from core.text import plain
from practices.authoring.cards import KINDS
from practices.authoring.content import UNTITLED, raw_body
from practices.authoring.reading import draft_of
from practices.choices import Kind, TextSection
from practices.models import PracticePage

About = TextSection.ABOUT


@dataclass(frozen=True)
class Missing:
    """`section`: a code of `TextSection`; `field`: where to mend it, the name of a field or `card-<id>`.

    What is not `needed` is advice: a practice may be submitted without it.
    """

    section: str
    field: str
    message: str
    needed: bool = True

    @property
    def anchor(self) -> str:
        """The place on the author's page."""
        return self.field if self.field.startswith("card") else f"id_{self.field}"


def missing(practice: PracticePage) -> list[Missing]:
    """In the order of the page."""
    return missing_in(draft_of(practice))


def missing_in(draft: PracticePage) -> list[Missing]:
    return [*_about(draft), *_text(draft), *_transfer(draft)]


def _about(draft: PracticePage) -> Iterator[Missing]:
    if not draft.title or draft.title == UNTITLED:
        yield Missing(About, "title", _("Give the practice a name."))
    if not draft.summary:
        yield Missing(About, "summary", _("Say in one or two sentences what it is about."))
    if draft.kind not in Kind.values:
        yield Missing(About, "kind", _("Choose what kind of work it is."))
    if not draft.subjects.all():
        yield Missing(About, "subjects", _("Choose a subject at least."))
    if not draft.grades and not draft.levels:
        yield Missing(About, "grades", _("Choose grades, so that colleagues find it."), needed=False)
    if not draft.tagged_items.all():
        yield Missing(About, "tags", _("Add two or three tags."), needed=False)


def _text(draft: PracticePage) -> Iterator[Missing]:
    if not plain(draft.problem):
        yield Missing(TextSection.PROBLEM, "problem", _("Tell what was hard."))
    yield from _body(draft)
    if not plain(draft.results):
        yield Missing(TextSection.RESULTS, "results", _("Tell what came of it."))
    if not plain(draft.did_not_work):
        words = _("Tell what did not work: it spares a colleague the same mistake.")
        yield Missing(TextSection.RESULTS, "did_not_work", words, needed=False)


def _body(draft: PracticePage) -> Iterator[Missing]:
    blocks = [block for block in raw_body(draft) if block["type"] in KINDS]
    filled = [block for block in blocks if not KINDS[block["type"]].is_empty(block["value"])]
    if not filled:
        yield Missing(TextSection.BODY, "cards", _("Tell what you did: add a card with text or a step."))
    for block in filled:
        for words in KINDS[block["type"]].lacks(block["value"]):
            yield Missing(TextSection.BODY, f"card-{block['id']}", words)


def _transfer(draft: PracticePage) -> Iterator[Missing]:
    if not (draft.class_size or draft.duration):
        words = _("Say how many pupils and how much time it takes.")
        yield Missing(TextSection.TRANSFER, "class_size", words, needed=False)
