"""What the coordinator does about letters that were refused, or of which nobody knows."""

from datetime import date

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from accounts.models import User
from notifications import queue
from notifications.models import Letter
from notifications.services.telling import notify

TROUBLED_LETTERS = "troubled-letters"


@transaction.atomic
def send_again(*, letter: Letter, by: User) -> bool:
    """Let a troubled letter be tried anew, as often as a fresh one. False when somebody settled it before."""
    now = timezone.now()
    fresh = {"state": Letter.State.WAITING, "attempts": 0, "next_try": now, "settled_by": by}
    done = Letter.objects.troubled().filter(pk=letter.pk).update(**fresh)
    if done:
        queue.ask_again(letter.pk)
    return bool(done)


def leave(*, letter: Letter, by: User) -> bool:
    """Let a troubled letter be. False when somebody settled it before."""
    return bool(Letter.objects.troubled().filter(pk=letter.pk).update(settled_at=timezone.now(), settled_by=by))


def tell_coordinators(day: date) -> None:
    """Tell the coordinators, once a day, that letters wait for their decision."""
    count = Letter.objects.troubled().count()
    if not count:
        return
    notify(
        recipients=User.objects.with_role("coordinator"),
        kind=TROUBLED_LETTERS,
        title=ngettext_lazy("%(count)s letter did not go", "%(count)s letters did not go", count) % {"count": count},
        text=_("The mail server refused them, or it is not known whether it took them. Decide what to do."),
        url=reverse("notifications:letters"),
        key=f"troubled-letters-{day:%Y-%m-%d}",
    )
