from django.utils import timezone

from accounts.models import User
from notifications.models import Notification


def unread_count(person: User) -> int:
    return Notification.objects.of(person).unread().count()


def mark_read(notification: Notification) -> None:
    """What was read once stays read since then; no digest need carry it any more."""
    Notification.objects.filter(pk=notification.pk, read_at=None).update(read_at=timezone.now(), digest="")


def mark_all_read(person: User) -> int:
    """How many were unread."""
    return Notification.objects.of(person).unread().update(read_at=timezone.now(), digest="")
