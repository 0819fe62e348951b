"""Steps back from a review and into it: by the expert, by the coordinator, by the clock."""

from contextlib import suppress
from datetime import date, datetime, time

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from practices.locks import hold_pages
from practices.models import Review, Round
from practices.models.review import RoundDeed
from practices.review import letters
from practices.review.errors import CannotReview, NotYours, RoundClosed
from practices.review.locks import lock_review, lock_round

from . import filling

State = Review.State
Deed = RoundDeed.Deed


@transaction.atomic
def decline(*, review: Review, reason: str = "") -> Review:
    """The expert declines: one tap; another is asked at once.

    Raises:
        NotYours: finished, declined or taken over before.
        RoundClosed: decided meanwhile.
    """
    opened, review = _lock_asked(review)
    _step_back(review, State.DECLINED, reason, by=review.expert)
    filling.fill(opened)
    return review


@transaction.atomic
def release(*, review: Review, by: User | None, reason: str = "", refill: bool = True) -> Review:
    """Takes the review off the expert, who is told; another is asked unless the coordinator does that by hand.

    Raises:
        NotYours: nothing to take: it is finished or taken off already.
        RoundClosed: decided meanwhile.
    """
    opened, review = _lock_asked(review)
    _step_back(review, State.RELEASED, reason, by=by)
    letters.released(review)
    if refill:
        filling.fill(opened)
    return review


@transaction.atomic
def release_all(*, expert: User) -> None:
    """Takes off the expert, who leaves, all that they are asked to read; others are asked."""
    asked = Review.objects.filter(expert=expert, state=State.ASKED).order_by("round__practice", "pk")
    reviews = list(asked.select_related("round"))
    # Of two experts of the same practices who leave at once the second waits here for the first.
    hold_pages(review.round.practice_id for review in reviews)
    for review in reviews:
        with suppress(NotYours, RoundClosed):
            release(review=review, by=None)


@transaction.atomic
def assign(*, round: Round, expert: User, by: User) -> Review:  # noqa: A002 - the domain's word
    """The coordinator asks this very expert, over the month's cap too, and again one who had declined.

    An expert who is asked already stays so: a second press changes nothing.

    Raises:
        RoundClosed: decided meanwhile.
        CannotReview: an author, a colleague of theirs, no expert, or one who has given a verdict.
    """
    opened = lock_round(round.pk)
    if not opened.is_open:
        raise RoundClosed(opened)
    former = opened.reviews.filter(expert=expert).first()
    if former and former.state == State.ASKED:
        return former
    if (former and former.state == State.DONE) or not filling.eligible(opened).filter(pk=expert.pk).exists():
        raise CannotReview(expert)
    has_extra = opened.reviews.filter(is_extra=True, state__in=[State.ASKED, State.DONE]).exists()
    called = opened.reviews.filter(is_extra=True).exists()
    return filling.ask(opened, expert, is_extra=called and not has_extra, by=by)


@transaction.atomic
def move(*, review: Review, due_on: date, by: User) -> Review:
    """Gives the expert until the end of another day; they will be reminded of it again.

    Raises:
        NotYours, RoundClosed: as `release`.
    """
    opened, review = _lock_asked(review)
    review.due_at = timezone.make_aware(datetime.combine(due_on, time(23, 59)))
    review.reminded_at = None
    review.save(update_fields=["due_at", "reminded_at"])
    opened.deeds.create(deed=Deed.MOVED, expert=review.expert, by=by, text=due_on.isoformat())
    letters.moved(review)
    return review


@transaction.atomic
def replace_late(*, review: Review) -> bool:
    """After the due date another is asked, if there is anybody; else the late one may finish still.

    Returns whether somebody else reads now. Nothing happens where the expert was in time after all.
    """
    opened = lock_round(review.round_id)
    review = lock_review(review.pk)
    if not opened.is_open or review.state != State.ASKED or review.due_at > timezone.now():
        return False
    found = filling.candidates(opened)
    if not found:
        letters.nobody_instead(review)
        return False
    _step_back(review, State.RELEASED, "", by=None)
    letters.late(review)
    filling.ask(opened, found[0], is_extra=review.is_extra)
    return True


def _lock_asked(review: Review) -> tuple[Round, Review]:
    opened = lock_round(review.round_id)
    review = lock_review(review.pk)
    if not opened.is_open:
        raise RoundClosed(opened)
    if review.state != State.ASKED:
        raise NotYours(review)
    return opened, review


def _step_back(review: Review, state: str, reason: str, *, by: User | None) -> None:
    review.state, review.reason = state, reason[:500]
    review.save(update_fields=["state", "reason"])
    deed = Deed.DECLINED if state == State.DECLINED else Deed.RELEASED
    review.round.deeds.create(deed=deed, expert=review.expert, by=by, text=review.reason)
