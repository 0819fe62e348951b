from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from certificates import kinds
from certificates.codes import PATTERN, new_code, readings


class CertificateQuerySet(models.QuerySet):
    def of(self, user: User) -> "CertificateQuerySet":
        """This person's papers, the newest first, the revoked ones too."""
        return self.filter(holder=user)

    def valid(self) -> "CertificateQuerySet":
        return self.filter(revoked_at=None)

    def meant_by(self, text: str) -> "CertificateQuerySet":
        """The paper whose code a person wrote in one of many ways; none where it is no code of ours."""
        return self.filter(code__in=readings(text))

    def found_by(self, text: str) -> "CertificateQuerySet":
        """What the coordinator looks for: by a code or by words of the holder's name."""
        return self.filter(models.Q(code__in=readings(text)) | models.Q(holder__in=User.objects.named(text)))


class Certificate(models.Model):
    """A paper that anybody can verify by its code: what was true on the day when it was given.

    Names, schools and titles are copied, since all of them change later. A trigger lets nothing of it change but
    two things (migration 0002): it may be revoked and restored, and a holder whose account is erased leaves it,
    with the name or without. The same deed of the same person is attested once.
    """

    code = models.CharField(_("code"), max_length=14, unique=True, default=new_code, editable=False)
    kind = models.SlugField(_("kind"), max_length=40)
    holder = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        related_name="certificates",
        verbose_name=_("to whom"),
    )
    holder_name = models.CharField(_("full name"), max_length=310, blank=True)
    position = models.CharField(_("position"), max_length=200, blank=True)
    school = models.CharField(_("school"), max_length=255, blank=True)
    title = models.CharField(_("title"), max_length=500)
    #: Where the work stands for good: a full address.
    url = models.URLField(_("permanent link"), max_length=500)
    issued_on = models.DateField(_("date"), default=timezone.localdate)
    content_type = models.ForeignKey(ContentType, models.PROTECT, related_name="+")
    object_id = models.PositiveBigIntegerField()
    obj = GenericForeignKey()
    revoked_at = models.DateTimeField(_("revoked"), null=True, blank=True)
    revoked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("who")
    )
    revocation_reason = models.TextField(_("why"), max_length=1000, blank=True)

    objects = CertificateQuerySet.as_manager()

    class Meta:
        ordering = ["-issued_on", "-pk"]
        verbose_name = _("certificate")
        verbose_name_plural = _("certificates")
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "content_type", "object_id", "holder"], name="certificate_of_a_deed_is_one"
            ),
            models.CheckConstraint(condition=models.Q(code__regex=f"^{PATTERN}$"), name="certificate_code_is_readable"),
            models.CheckConstraint(condition=models.Q(url__regex="^https?://"), name="certificate_url_is_full"),
            models.CheckConstraint(
                condition=models.Q(revoked_at=None, revocation_reason="")
                | models.Q(revoked_at__isnull=False) & ~models.Q(revocation_reason=""),
                name="certificate_is_revoked_for_a_reason",
            ),
        ]

    def __str__(self):
        return self.code

    def get_absolute_url(self) -> str:
        return reverse("certificates:certificate", args=[self.code])

    @property
    def pdf_url(self) -> str:
        return reverse("certificates:pdf", args=[self.code])

    @property
    def address(self) -> str:
        """The page that verifies it, as it stands on paper and in the QR code."""
        return settings.BASE_URL + self.get_absolute_url()

    @cached_property
    def kind_of_paper(self) -> kinds.Kind:
        return kinds.kind_of(self.kind)

    @property
    def is_revoked(self) -> bool:
        return self.revoked_at is not None

    @property
    def shows_name(self) -> bool:
        """Whether a stranger may read whose it is: not once the consent was withdrawn or the person erased."""
        return bool(self.holder_name) and not (self.holder and self.holder.name_withdrawn)


class CertificateChange(models.Model):
    """A line of the log: a paper was revoked or given back. Lines are added, never changed (migration 0002)."""

    class Action(models.TextChoices):
        REVOKED = "revoked", _("revoked")
        RESTORED = "restored", _("given back")

    certificate = models.ForeignKey(Certificate, models.PROTECT, related_name="changes")
    action = models.CharField(_("what was done"), max_length=10, choices=Action)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    reason = models.TextField(_("why"), max_length=1000)
    at = models.DateTimeField(_("when"), auto_now_add=True)

    class Meta:
        ordering = ["-pk"]
        verbose_name = _("change of a certificate")
        verbose_name_plural = _("changes of certificates")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(action__in=["revoked", "restored"]), name="certificate_change_is_known"
            ),
            models.CheckConstraint(condition=~models.Q(reason=""), name="certificate_change_has_a_reason"),
        ]

    def __str__(self):
        return f"{self.certificate}: {self.get_action_display()}"
