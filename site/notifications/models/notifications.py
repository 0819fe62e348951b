from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from notifications.kinds import Frequency


class NotificationQuerySet(models.QuerySet):
    def of(self, person) -> "NotificationQuerySet":
        return self.filter(recipient=person)

    def unread(self) -> "NotificationQuerySet":
        return self.filter(read_at=None)


class Notification(models.Model):
    """One thing told to one person, in Russian words as they were then.

    `url` is a path of this portal, so that no notification leads elsewhere. `digest` names the digest that
    will carry it by mail; empty: none, because a letter went at once, was carried already, or is not wanted.
    """

    recipient = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="notifications")
    kind = models.CharField(max_length=50)
    title = models.CharField(max_length=250)
    text = models.TextField(blank=True)
    url = models.CharField(max_length=500, blank=True)
    key = models.CharField(max_length=200)
    created_at = models.DateTimeField(default=timezone.now)
    read_at = models.DateTimeField(null=True, blank=True)
    digest = models.CharField(max_length=10, blank=True, default="")

    objects = NotificationQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at", "-pk"]
        verbose_name = _("notification")
        verbose_name_plural = _("notifications")
        indexes = [
            models.Index(fields=["recipient", "-created_at", "-id"], name="notification_page"),
            models.Index(fields=["recipient"], condition=models.Q(read_at=None), name="notification_unread"),
            models.Index(fields=["digest", "recipient"], condition=~models.Q(digest=""), name="notification_digest"),
        ]
        constraints = [
            models.UniqueConstraint("recipient", "key", name="notification_is_told_once"),
            models.CheckConstraint(
                condition=models.Q(digest__in=["", Frequency.DAILY.value, Frequency.WEEKLY.value]),
                name="notification_digest_is_known",
            ),
            models.CheckConstraint(
                condition=models.Q(url="") | models.Q(url__startswith="/") & ~models.Q(url__startswith="//"),
                name="notification_leads_into_the_portal",
            ),
        ]

    def __str__(self):
        return self.title
