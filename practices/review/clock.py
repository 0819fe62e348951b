"""Time passes: experts are reminded, then replaced. May run at any moment, and twice."""

import logging
from datetime import timedelta

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from accounts.models import User
from accounts.roles import Role
from practices.models import Review, ReviewSettings, Round
from practices.review import letters
from practices.review.locks import lock_review, lock_round
from practices.review.services import assigning, filling, rounds
from practices.review.services.assigning import NotYours, RoundClosed

log = logging.getLogger(__name__)


def look_after_reviews() -> None:
    for deed, keys in (
        (_remind, _soon_due()),
        (_replace_gone, _with_experts_gone()),
        (_replace_late, Review.objects.waiting().filter(due_at__lte=timezone.now())),
        (_go_on, Round.objects.open()),
    ):
        for key in list(keys.order_by("pk").values_list("pk", flat=True)):
            try:
                with transaction.atomic():
                    deed(key)
            except Exception:
                # One round that cannot be helped must not leave all others without care.
                log.exception("%s failed for %s", deed.__name__, key)


def _soon_due():
    days = ReviewSettings.load().remind_before
    soon = timezone.now() + timedelta(days=days)
    return Review.objects.waiting().filter(reminded_at=None, due_at__gt=timezone.now(), due_at__lte=soon)


def _with_experts_gone():
    """Whose account is deleted or switched off, or who is no expert any more."""
    here = User.objects.with_role(Role.EXPERT).filter(is_active=True)
    return Review.objects.waiting().filter(Q(expert=None) | ~Q(expert__in=here.values("pk")))


def _remind(key: int) -> None:
    review = lock_review(key)
    if review.reminded_at is None and review.state == Review.State.ASKED:
        review.reminded_at = timezone.now()
        review.save(update_fields=["reminded_at"])
        letters.due_soon(review)


def _replace_gone(key: int) -> None:
    try:
        assigning.release(review=Review.objects.get(pk=key), by=None)
    except (NotYours, RoundClosed):
        return


def _replace_late(key: int) -> None:
    assigning.replace_late(review=Review.objects.get(pk=key))


def _go_on(key: int) -> None:
    """An expert is free again, or the coordinator has changed the rules."""
    opened = lock_round(key)
    if opened.is_open and not filling.fill(opened):
        rounds.advance(opened)
