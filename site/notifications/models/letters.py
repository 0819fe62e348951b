"""Letters to be sent: a row is written together with what it tells of, so neither is lost without the other."""

from django.conf import settings
from django.db import models
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from notifications import kinds


class LetterQuerySet(models.QuerySet):
    def due(self) -> "LetterQuerySet":
        """Letters whose time to be sent has come."""
        return self.filter(state=Letter.State.WAITING, next_try__lte=timezone.now())

    def troubled(self) -> "LetterQuerySet":
        """Letters about which the coordinator has to decide."""
        return self.filter(state__in=Letter.TROUBLED, settled_at=None)


class Letter(models.Model):
    """One letter to one address.

    waiting → sending → sent; sending → waiting when the mail server did not take it, → refused when it has not taken
    it many times; sending → unknown when nobody can tell whether it was taken. A refused or unknown letter stays
    until the coordinator settles it: sends it again (→ waiting) or lets it be.
    """

    class State(models.TextChoices):
        WAITING = "waiting"
        SENDING = "sending"
        SENT = "sent"
        REFUSED = "refused"
        UNKNOWN = "unknown"

    TROUBLED = (State.REFUSED, State.UNKNOWN)

    to = models.EmailField()
    recipient = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="letters",
    )
    subject = models.CharField(max_length=250)
    text = models.TextField()
    html = models.TextField()
    kind = models.CharField(max_length=50, blank=True)
    key = models.CharField(max_length=255, unique=True)
    unsubscribe_url = models.URLField(max_length=500, blank=True)
    message_id = models.CharField(max_length=255, unique=True)
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    attempts = models.PositiveSmallIntegerField(default=0)
    next_try = models.DateTimeField(default=timezone.now)
    #: When the last attempt began; names that attempt, since no two begin at one microsecond.
    claimed_at = models.DateTimeField(null=True, blank=True)
    error = models.TextField(blank=True)
    created_at = models.DateTimeField(default=timezone.now)
    sent_at = models.DateTimeField(null=True, blank=True)
    settled_at = models.DateTimeField(null=True, blank=True)
    settled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
    )

    objects = LetterQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at", "-pk"]
        verbose_name = _("letter")
        verbose_name_plural = _("letters")
        indexes = [
            models.Index(fields=["next_try"], condition=models.Q(state="waiting"), name="letter_waiting"),
            models.Index(fields=["claimed_at"], condition=models.Q(state="sending"), name="letter_sending"),
            models.Index(
                fields=["-created_at"], condition=models.Q(state__in=["refused", "unknown"]), name="letter_troubled"
            ),
            models.Index(fields=["sent_at"], condition=models.Q(state="sent"), name="letter_sent"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state__in=["waiting", "sending", "sent", "refused", "unknown"]),
                name="letter_state_is_known",
            ),
            models.CheckConstraint(
                condition=models.Q(state="sent", sent_at__isnull=False)
                | ~models.Q(state="sent") & models.Q(sent_at=None),
                name="letter_sent_has_its_time",
            ),
            models.CheckConstraint(
                condition=~models.Q(state__in=["sending", "unknown"]) | models.Q(claimed_at__isnull=False),
                name="letter_tried_was_claimed",
            ),
            models.CheckConstraint(
                condition=models.Q(settled_at=None) | models.Q(state__in=["refused", "unknown"]),
                name="letter_settled_was_troubled",
            ),
        ]

    def __str__(self):
        return self.subject

    @property
    def told_as(self) -> str | Promise:
        """What the coordinator reads of it. Who reviews which practice is not told by a letter that did not go either:
        the coordinator may be the author.
        """
        try:
            kind = kinds.kind_of(self.kind)
        except kinds.UnknownKindError:
            return self.subject
        return kind.title if kind.group == kinds.Group.REVIEWS else self.subject


class SilentAddress(models.Model):
    """An address without an account whose owner asked the portal to write no more."""

    email = models.EmailField(unique=True)
    since = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("address that wants no letters")
        verbose_name_plural = _("addresses that want no letters")
        constraints = [
            models.CheckConstraint(condition=models.Q(email=Lower("email")), name="silent_address_is_lower_case")
        ]

    def __str__(self):
        return self.email
