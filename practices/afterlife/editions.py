"""Editions of a practice: the texts that were public, in their order. A draft never was, so it is not here."""

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import TYPE_CHECKING

from wagtail.models import PageLogEntry, Revision

if TYPE_CHECKING:
    from practices.diff import Change


@dataclass(frozen=True)
class Edition:
    """The text that was published at this moment; numbers begin with 1, the oldest."""

    number: int
    published_at: datetime
    revision_id: int
    is_current: bool

    @property
    def is_first(self) -> bool:
        return self.number == 1


class History:
    """All editions of a practice by one query, their texts only when asked for."""

    def __init__(self, practice):
        self.practice = practice

    @cached_property
    def editions(self) -> list[Edition]:
        """The oldest first; the same text published again (after a pause) is the same edition."""
        entries = PageLogEntry.objects.filter(page=self.practice.pk, action="wagtail.publish", revision__isnull=False)
        moments: dict[int, datetime] = {}
        for revision_id, moment in entries.order_by("timestamp", "pk").values_list("revision_id", "timestamp"):
            moments.setdefault(revision_id, moment)
        current = self.practice.live_revision_id or next(reversed(moments), None)
        return [
            Edition(number, moment, revision_id, revision_id == current)
            for number, (revision_id, moment) in enumerate(moments.items(), 1)
        ]

    def edition(self, number: int) -> Edition | None:
        return self.editions[number - 1] if 1 <= number <= len(self.editions) else None

    def changes_in(self, edition: Edition) -> "list[Change] | None":
        """What this edition changed in the one before; None where either text is no longer kept, or it is the first."""
        from practices.diff import changes  # noqa: PLC0415 - the models, whose pages show this, load first

        if edition.is_first:
            return None
        before = self.editions[edition.number - 2]
        revisions = Revision.objects.in_bulk([before.revision_id, edition.revision_id])
        if len(revisions) < 2:  # noqa: PLR2004 - both
            return None
        return changes(revisions[before.revision_id].as_object(), revisions[edition.revision_id].as_object())
