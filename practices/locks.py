"""The one order of locks: practices by their numbers, then the round, the review, and all that hangs on a practice.

A practice is two rows, Wagtail's and its own; Wagtail writes to either. Whoever changes a practice takes hold of
Wagtail's row first, so that two deeds wait for each other and never deadlock.
"""

from collections.abc import Iterable

from wagtail.models import Page

from practices.models import PracticePage


def hold_page(pk: int) -> None:
    """Until the transaction ends nobody else who asks so writes to this page, whatever its type.

    Nothing happens where there is none.
    """
    list(Page.objects.select_for_update(of=("self",)).filter(pk=pk).only("pk"))


def lock_page(pk: int) -> PracticePage:
    """The practice as it stands, held to the end of the transaction. Raises PracticePage.DoesNotExist."""
    hold_page(pk)
    return PracticePage.objects.get(pk=pk)


def hold_pages(keys: Iterable[int]) -> None:
    """Several at once, in the one order: call it before a loop that changes one practice after another."""
    for key in sorted(set(keys)):
        hold_page(key)
