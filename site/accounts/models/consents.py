import hashlib

from django.conf import settings
from django.db import models
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class ConsentTextQuerySet(models.QuerySet):
    def in_force(self, kind: str) -> "ConsentText | None":
        """What people are asked to agree to now; None where nothing of this kind was published yet."""
        return self.filter(kind=kind, published_at__lte=timezone.now()).order_by("-version").first()


class ConsentText(models.Model):
    """The words that people agree to: once published they never change, a new wording is a new version.

    152-ФЗ asks for two consents apart: to processing (article 9) and to distribution (article 10.1).
    A trigger refuses changes of a published text (migration 0003).
    """

    class Kind(models.TextChoices):
        PROCESSING = "processing", _("processing of personal data")
        DISTRIBUTION = "distribution", _("publication of name and works")

    kind = models.CharField(_("what it is about"), max_length=20, choices=Kind)
    version = models.PositiveSmallIntegerField(_("version"), editable=False)
    text = models.TextField(_("text"), max_length=20_000, help_text=_("Plain text; a blank line parts paragraphs."))
    published_at = models.DateTimeField(
        _("in force from"),
        null=True,
        blank=True,
        help_text=_("Empty: a draft. Once this moment has come, the text can no longer be changed."),
    )

    objects = ConsentTextQuerySet.as_manager()

    class Meta:
        ordering = ["kind", "-version"]
        verbose_name = _("text of a consent")
        verbose_name_plural = _("texts of consents")
        constraints = [
            models.UniqueConstraint(fields=["kind", "version"], name="consent_text_version_is_unique"),
            models.CheckConstraint(
                condition=models.Q(kind__in=["processing", "distribution"]), name="consent_text_kind_is_known"
            ),
        ]

    def __str__(self):
        return _("%(kind)s, version %(version)s") % {"kind": self.get_kind_display(), "version": self.version}

    def save(self, *args, **kwargs):
        if not self.version:
            versions = ConsentText.objects.filter(kind=self.kind)
            self.version = (versions.aggregate(last=Max("version"))["last"] or 0) + 1
        super().save(*args, **kwargs)

    @property
    def is_published(self) -> bool:
        return self.published_at is not None and self.published_at <= timezone.now()

    @property
    def sha256(self) -> str:
        """Hash of the words, hexadecimal: a row of the log proves by it what exactly was agreed to."""
        return hashlib.sha256(self.text.encode()).hexdigest()


class ConsentQuerySet(models.QuerySet):
    def latest_of(self, user, kind: str) -> "Consent | None":
        """The last word of this person about this kind."""
        return self.filter(user=user, text__kind=kind).select_related("text").order_by("-pk").first()


class Consent(models.Model):
    """A line of the log of consents: one was given, or taken back. Lines are added, never changed.

    The operator must be able to prove a consent (152-ФЗ, article 9, part 3) even after the account is gone,
    and must not keep more than that takes. So when an account is erased, its lines stay, without the person and
    without the network address; `person_mark` then answers only one question: did the owner of *this* address,
    who now writes to us, agree, when and to what. Triggers let nothing else happen to a line (migration 0003).
    """

    class Action(models.TextChoices):
        GIVEN = "given", _("given")
        WITHDRAWN = "withdrawn", _("withdrawn")

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="consents", verbose_name=_("person")
    )
    person_mark = models.CharField(_("mark of the person"), max_length=64)
    text = models.ForeignKey(ConsentText, models.PROTECT, related_name="consents", verbose_name=_("text"))
    text_sha256 = models.CharField(_("hash of the text"), max_length=64)
    action = models.CharField(_("what was done"), max_length=10, choices=Action)
    recorded_at = models.DateTimeField(_("when"), auto_now_add=True)
    ip = models.GenericIPAddressField(_("network address"), null=True)

    objects = ConsentQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        verbose_name = _("line of the log of consents")
        verbose_name_plural = _("log of consents")
        indexes = [models.Index(fields=["person_mark"], name="consent_person_mark")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(action__in=["given", "withdrawn"]), name="consent_action_is_known"
            )
        ]

    def __str__(self):
        return f"{self.text}: {self.get_action_display()}"
