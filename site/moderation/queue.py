"""The coordinator's queue: a line for each object that somebody complained about."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.contrib.contenttypes.models import ContentType
from django.contrib.postgres.aggregates import ArrayAgg
from django.db.models import Count, F, Max, Min, Q, QuerySet

from moderation import registry
from moderation.models import Complaint, ModerationAction


@dataclass(frozen=True)
class Line:
    """An object of complaints: the last one leads to it, `waiting` of `total` are open, the first since `since`."""

    complaint: Complaint
    total: int
    waiting: int
    since: datetime | None
    reasons: list[str]
    is_hidden: bool

    @property
    def kind(self) -> str:
        known = registry.of(self.complaint.content_type.model_class())
        return str(known.name) if known else ""


def objects(*, state: str = "", reason: str = "", about: str = "") -> QuerySet:
    """Objects with complaints, those with open ones first, the longest waiting on top."""
    found = Complaint.objects.all()
    if reason:
        found = found.filter(reason=reason)
    if about:
        found = found.filter(content_type=ContentType.objects.get_for_model(registry.by_label(about).model))
    is_open = Q(state=Complaint.State.NEW)
    grouped = found.values("content_type_id", "object_id").annotate(
        total=Count("pk"),
        waiting=Count("pk", filter=is_open),
        since=Min("created_at", filter=is_open),
        last=Max("pk"),
        reasons=ArrayAgg("reason", distinct=True),
    )
    if state == "open":
        grouped = grouped.filter(waiting__gt=0)
    elif state == "decided":
        grouped = grouped.filter(waiting=0)
    return grouped.order_by(F("since").asc(nulls_last=True), "-last")


def lines(rows: Iterable[dict]) -> list[Line]:
    """The rows of `objects` as they are shown; two queries, however many there are."""
    rows = list(rows)
    last = Complaint.objects.select_related("content_type").in_bulk([row["last"] for row in rows])
    hidden = _hidden({row["object_id"] for row in rows})
    labels = dict(Complaint.Reason.choices)
    return [
        Line(
            complaint=last[row["last"]],
            total=row["total"],
            waiting=row["waiting"],
            since=row["since"],
            reasons=[str(labels[reason]) for reason in row["reasons"]],
            is_hidden=(row["content_type_id"], row["object_id"]) in hidden,
        )
        for row in rows
    ]


def _hidden(ids: set[int]) -> set[tuple[int, int]]:
    """Which objects of these ids moderators have hidden and not shown again."""
    actions = ModerationAction.objects.about_being_seen().filter(object_id__in=ids).order_by("pk")
    last = {
        (content_type, pk): action
        for content_type, pk, action in actions.values_list("content_type", "object_id", "action")
    }
    return {key for key, action in last.items() if action == ModerationAction.Action.HIDE}
