"""Where a practice is on its way, whose turn it is, since when, and what to do next."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from types import SimpleNamespace

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from practices.models import PracticePage, Review, Round, Submission, Withdrawal

Outcome = Round.Outcome


class Code(models.TextChoices):
    """The stations of a practice."""

    DRAFT = "draft", gettext_lazy("Draft")
    IN_REVIEW = "in_review", gettext_lazy("Under review")
    RETURNED = "returned", gettext_lazy("Returned for changes")
    REJECTED = "rejected", gettext_lazy("Not accepted")
    PUBLISHED = "published", gettext_lazy("Published")
    NEW_VERSION = "new_version", gettext_lazy("Published, a new version is being written")
    WITHDRAWN = "withdrawn", gettext_lazy("Withdrawn")


class Turn(models.TextChoices):
    """Who is to do something now."""

    AUTHOR = "author", gettext_lazy("the author’s turn")
    EXPERTS = "experts", gettext_lazy("the experts’ turn")
    COORDINATOR = "coordinator", gettext_lazy("the coordinator’s turn")
    NOBODY = "", ""


@dataclass(frozen=True)
class Stage:
    """One practice now: `whose_turn` is a `Turn`, `next_step` a sentence to its author, `url` where to take it."""

    code: Code
    title: str
    whose_turn: Turn
    since: datetime | None
    next_step: str
    url: str
    #: Whether an older text is public meanwhile.
    is_public: bool = False
    #: The last day by which the experts are to answer.
    due: datetime | None = None


def stages_of(practices: Iterable[PracticePage]) -> dict[int, Stage]:
    """The stage of each practice by its key, in a constant number of queries."""
    practices = list(practices)
    ids = [practice.pk for practice in practices]
    rounds = {each.practice_id: each for each in Round.objects.latest_of(ids)}
    known = _Known(
        rounds=rounds,
        withdrawn=dict(Withdrawal.objects.filter(practice__in=ids).values_list("practice", "at")),
        saved=dict(Submission.objects.filter(practice__in=ids).values_list("practice", "saved_at")),
        due=_due([each.pk for each in rounds.values() if each.is_open]),
        roots=SimpleNamespace(_wagtail_site=None),
    )
    return {practice.pk: _stage(practice, known) for practice in practices}


@dataclass(frozen=True)
class _Known:
    rounds: dict[int, Round]
    withdrawn: dict[int, datetime]
    saved: dict[int, datetime]
    #: By round: when the last of the asked experts is to answer. No row: nobody reads it.
    due: dict[int, datetime]
    #: Wagtail keeps the sites' roots on whatever it is given: asked once for all addresses.
    roots: SimpleNamespace


def _due(rounds: list[int]) -> dict[int, datetime]:
    waiting = Review.objects.filter(round__in=rounds, state=Review.State.ASKED).order_by()
    return dict(waiting.values_list("round").annotate(last=models.Max("due_at")))


def _stage(practice: PracticePage, known: _Known) -> Stage:
    last = known.rounds.get(practice.pk)
    if practice.pk in known.withdrawn:
        return _plain(practice, Code.WITHDRAWN, known.withdrawn[practice.pk], _("Readers see that it was withdrawn."))
    if last and last.is_open:
        return _in_review(practice, last, known)
    is_answered = last is not None and practice.live_revision_id != last.revision_id
    # A text that the coordinator published by hand since answers the experts too.
    is_older = practice.live and last and practice.last_published_at and practice.last_published_at > last.closed_at
    if is_answered and not is_older and last.outcome in (Outcome.RETURNED, Outcome.REJECTED):
        return _answered(practice, last)
    saved = known.saved.get(practice.pk) or practice.latest_revision_created_at
    edit = reverse("authoring:edit", args=[practice.pk])
    if not practice.live:
        return Stage(Code.DRAFT, str(Code.DRAFT.label), Turn.AUTHOR, saved, _("Finish it and submit it."), edit)
    if practice.has_unpublished_changes:
        step = _("Finish the new version and submit it; readers see the former one.")
        return Stage(Code.NEW_VERSION, str(Code.NEW_VERSION.label), Turn.AUTHOR, saved, step, edit, True)
    url = practice.get_url(known.roots) or ""
    title = str(Code.PUBLISHED.label)
    step = _("Nothing is needed. You may write a new version at any time.")
    return Stage(Code.PUBLISHED, title, Turn.NOBODY, practice.last_published_at, step, url, True)


def _in_review(practice: PracticePage, last: Round, known: _Known) -> Stage:
    due = known.due.get(last.pk)
    turn = Turn.EXPERTS if due else Turn.COORDINATOR
    title = _("A new version is under review") if practice.live else str(Code.IN_REVIEW.label)
    step = (
        _("Wait for the experts. You may call it back to change it.")
        if due
        else _("The coordinator looks for a free expert. You may call it back to change it.")
    )
    return Stage(Code.IN_REVIEW, title, turn, last.opened_at, step, _said(practice), practice.live, due)


def _answered(practice: PracticePage, last: Round) -> Stage:
    if last.outcome == Outcome.RETURNED:
        title = _("The new version is returned for changes") if practice.live else str(Code.RETURNED.label)
        step = _("Read what the experts said, correct the text and submit it again.")
        edit = reverse("authoring:edit", args=[practice.pk])
        return Stage(Code.RETURNED, title, Turn.AUTHOR, last.closed_at, step, edit, practice.live)
    title = _("The new version is not accepted") if practice.live else str(Code.REJECTED.label)
    step = _("Read what the experts said.")
    return Stage(Code.REJECTED, title, Turn.NOBODY, last.closed_at, step, _said(practice), practice.live)


def _plain(practice: PracticePage, code: Code, since: datetime, step: str) -> Stage:
    return Stage(code, str(code.label), Turn.NOBODY, since, step, _said(practice))


def _said(practice: PracticePage) -> str:
    return reverse("review:history", args=[practice.pk])
