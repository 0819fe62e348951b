"""An expert writes: saved as it grows, finished once."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from practices.choices import TextSection
from practices.models import Criterion, Review, Round, Score, SectionComment
from practices.models.review import RoundDeed
from practices.review import letters
from practices.review.errors import Incomplete, NotYours, RoundClosed, Stale
from practices.review.locks import lock_review, lock_round

from . import rounds

State, Verdict = Review.State, Review.Verdict


@dataclass(frozen=True)
class Written:
    """What stands in the expert's form: points by criterion's id, comments by section's code."""

    points: Mapping[int, int] = field(default_factory=dict)
    comments: Mapping[str, str] = field(default_factory=dict)
    verdict: str = ""
    text: str = ""


@transaction.atomic
def save_review(*, review: Review, version: int, data: Written) -> Review:
    """Keeps an unfinished review.

    Raises:
        Stale: saved elsewhere since this version.
        NotYours: finished, declined or taken over.
        RoundClosed: decided meanwhile.
    """
    review = lock_review(review.pk)
    _refuse_unless_asked(review, review.round)
    if review.version == version:
        _write(review, data)
    elif not _is_written(review, data):
        raise Stale(review)
    return review


@transaction.atomic
def finish_review(*, review: Review, version: int, data: Written) -> Review:
    """Gives the verdict; with the last one the round ends, and an accepted practice is published.

    Raises:
        Incomplete: something is not said.
        Stale, NotYours, RoundClosed: as `save_review`.
    """
    opened = lock_round(review.round_id)
    review = lock_review(review.pk)
    _refuse_unless_asked(review, opened)
    if review.version != version and not _is_written(review, data):
        raise Stale(review)
    lacks = lacks_of(data)
    if lacks:
        raise Incomplete(lacks)
    _write(review, data)
    review.state, review.finished_at = State.DONE, timezone.now()
    review.save(update_fields=["state", "finished_at"])
    opened.deeds.create(deed=RoundDeed.Deed.FINISHED, expert=review.expert, by=review.expert)
    letters.done(review)
    rounds.advance(opened)
    return review


def lacks_of(data: Written) -> dict[str, str]:
    """What a verdict lacks, by the form's fields: points by each criterion, the verdict, a word to the author."""
    lacks = {
        f"points-{criterion.pk}": _("Choose how many points")
        for criterion in Criterion.objects.filter(is_active=True)
        if criterion.pk not in data.points
    }
    if data.verdict not in Verdict.values:
        lacks["verdict"] = _("Choose your verdict")
    elif data.verdict != Verdict.ACCEPT and not data.text.strip():
        lacks["text"] = _("Tell the author what to change, or why the practice does not fit")
    return lacks


def _refuse_unless_asked(review: Review, its_round: Round) -> None:
    if review.state in (State.DONE, State.DECLINED):
        raise NotYours(review)
    if not its_round.is_open:
        raise RoundClosed(its_round)
    if review.state != State.ASKED:
        raise NotYours(review)


def _is_written(review: Review, data: Written) -> bool:
    """Whether the same words came before: a page that is left and a page that is opened may both save them."""
    points = {score.criterion_id: score.points for score in review.scores.all()}
    comments = {comment.section: comment.text for comment in review.comments.all()}
    said = {section: text.strip() for section, text in data.comments.items() if text.strip()}
    return (points, comments, review.verdict, review.text) == (dict(data.points), said, data.verdict, data.text)


def _write(review: Review, data: Written) -> None:
    known = set(Criterion.objects.values_list("pk", flat=True))
    review.scores.all().delete()
    Score.objects.bulk_create(
        Score(review=review, criterion_id=criterion, points=points)
        for criterion, points in data.points.items()
        if criterion in known
    )
    review.comments.all().delete()
    SectionComment.objects.bulk_create(
        SectionComment(review=review, section=section, text=data.comments[section].strip())
        for section in TextSection.values
        if data.comments.get(section, "").strip()
    )
    review.verdict, review.text = data.verdict, data.text
    review.version += 1
    review.saved_at = timezone.now()
    review.save(update_fields=["verdict", "text", "version", "saved_at"])
