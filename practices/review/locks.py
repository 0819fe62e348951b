"""Rows of a review are locked after their practice, as `practices.locks` says: page, round, review."""

from practices.locks import hold_page
from practices.models import Review, Round


def lock_round(pk: int) -> Round:
    """The round as it stands, with its page: call it first in whatever changes a round."""
    hold_page(Round.objects.values_list("practice_id", flat=True).get(pk=pk))
    return (
        Round.objects.select_for_update(of=["self"])
        .select_related("practice", "revision", "task_state__workflow_state")
        .get(pk=pk)
    )


def lock_review(pk: int) -> Review:
    """The review as it stands. Who also changes its round locks the round before."""
    return Review.objects.select_for_update(of=["self"]).select_related("expert", "round").get(pk=pk)
