"""Letters of the day and of the week: what was told, is not read yet, and was not to be mailed at once."""

from datetime import datetime, time, timedelta

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import ngettext, override

from accounts.models import User
from notifications.addresses import whole
from notifications.composing import LANGUAGE, Draft, Item, compose
from notifications.kinds import Frequency
from notifications.models import Notification
from notifications.services.posting import post
from notifications.unsubscribing import Stop

#: Local time: when the working day is over, and when the week begins.
DAILY_AT = time(18)
WEEKLY_AT = time(8)
MONDAY = 0
LONGEST = 50


def last_hour(frequency: Frequency, moment: datetime) -> datetime:
    """The last time before a moment at which a digest was due."""
    local = timezone.localtime(moment)
    if frequency == Frequency.DAILY:
        due, step = local.replace(hour=DAILY_AT.hour, minute=0, second=0, microsecond=0), timedelta(days=1)
    else:
        monday = local - timedelta(days=(local.weekday() - MONDAY) % 7)
        due, step = monday.replace(hour=WEEKLY_AT.hour, minute=0, second=0, microsecond=0), timedelta(days=7)
    return due if due <= local else due - step


def gather(frequency: Frequency, moment: datetime) -> int:
    """Write the digests that were due last; how many. Run again, it writes only what was not written.

    What was told after the due hour waits for the next one, so a worker that was away catches up and nothing
    comes at odd times twice.
    """
    hour = last_hour(frequency, moment)
    waiting = Notification.objects.unread().filter(digest=frequency.value, created_at__lt=hour)
    waiting.filter(recipient__is_active=False).update(digest="")
    people = User.objects.filter(pk__in=waiting.values("recipient"))
    return sum(write(person, frequency, hour) for person in people)


@transaction.atomic
def write(person: User, frequency: Frequency, hour: datetime) -> bool:
    """Write one person's digest. False when there is one of this hour already, or nothing to tell."""
    waiting = Notification.objects.of(person).unread().filter(digest=frequency.value, created_at__lt=hour)
    told = list(waiting)
    if not told:
        return False
    letter = compose(
        Draft(
            to=person.email,
            key=f"digest:{frequency.value}:{person.pk}:{hour:%Y-%m-%d}",
            items=[item(notification) for notification in told[:LONGEST]],
            stop=Stop(person=person.pk, digest=frequency.value),
            template="digest",
            kind=f"digest-{frequency.value}",
            recipient=person,
            subject=subject(frequency, len(told)),
            more={"more": max(0, len(told) - LONGEST), "inbox_url": whole(reverse("notifications:index"))},
        )
    )
    if not post([letter]):
        return False
    Notification.objects.filter(pk__in=[notification.pk for notification in told]).update(digest="")
    return True


def item(notification: Notification) -> Item:
    url = reverse("notifications:open", args=[notification.pk]) if notification.url else ""
    return Item(notification.title, notification.text, url)


def subject(frequency: Frequency, count: int) -> str:
    with override(LANGUAGE):
        if frequency == Frequency.DAILY:
            words = ngettext("%(count)s notification of the day", "%(count)s notifications of the day", count)
        else:
            words = ngettext("%(count)s notification of the week", "%(count)s notifications of the week", count)
        return words % {"count": count}
