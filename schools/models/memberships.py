import secrets

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from schools.models.pages import SchoolPage
from schools.querysets import InvitationQuerySet, MembershipQuerySet


def new_code() -> str:
    """16 random bytes: nobody guesses a school's invitation."""
    return secrets.token_urlsafe(16)


class SchoolInvitation(models.Model):
    """A link by which a whole staff joins its school; who holds it is believed, until it is over or taken back."""

    school = models.ForeignKey(SchoolPage, models.CASCADE, related_name="invitations", verbose_name=_("school"))
    code = models.CharField(_("code"), max_length=40, unique=True, default=new_code, editable=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("by whom")
    )
    created_at = models.DateTimeField(_("made"), auto_now_add=True)
    expires_at = models.DateTimeField(_("works until"))
    revoked_at = models.DateTimeField(_("taken back"), null=True, blank=True)

    objects = InvitationQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        verbose_name = _("invitation of a staff")
        verbose_name_plural = _("invitations of staffs")

    def __str__(self):
        return f"{self.school}: {self.expires_at:%d.%m.%Y}"

    def get_absolute_url(self) -> str:
        return reverse("schools:invitation", args=[self.code])

    @property
    def link(self) -> str:
        """The whole address, to be sent by any messenger."""
        return settings.BASE_URL + self.get_absolute_url()

    @property
    def is_open(self) -> bool:
        return self.revoked_at is None and self.expires_at > timezone.now()


class Membership(models.Model):
    """That a person works at a school: asked for, then confirmed by somebody with the right to say so, or declined.

    A request that was declined may be made anew, and so may one after the membership was ended: it is the same row
    again. `confirmed_at` is set while the person is a member, and at no other time.
    """

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="memberships", verbose_name=_("person")
    )
    school = models.ForeignKey(
        SchoolPage, on_delete=models.CASCADE, related_name="memberships", verbose_name=_("school")
    )
    position = models.CharField(_("position"), max_length=200, blank=True)
    created_at = models.DateTimeField(_("asked"), auto_now_add=True)
    confirmed_at = models.DateTimeField(_("confirmed"), null=True, blank=True)
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        verbose_name=_("confirmed by"),
    )
    declined_at = models.DateTimeField(_("declined"), null=True, blank=True)
    declined_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        verbose_name=_("declined by"),
    )
    #: The person works there no more.
    ended_at = models.DateTimeField(_("ended"), null=True, blank=True)
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        verbose_name=_("ended by"),
    )
    reason = models.CharField(_("reason of the refusal"), max_length=500, blank=True)
    #: Confirms colleagues and invites them; the coordinator says who does.
    is_representative = models.BooleanField(_("representative of the school"), default=False)
    #: The link by which the person came, if by one.
    invitation = models.ForeignKey(
        SchoolInvitation, models.SET_NULL, null=True, blank=True, editable=False, related_name="joined"
    )

    objects = MembershipQuerySet.as_manager()

    class Meta:
        verbose_name = _("membership")
        verbose_name_plural = _("memberships")
        constraints = [
            models.UniqueConstraint(fields=["user", "school"], name="one_membership_of_a_school"),
            models.CheckConstraint(
                condition=Q(confirmed_at=None) | Q(declined_at=None), name="membership_is_confirmed_or_declined"
            ),
            models.CheckConstraint(
                condition=Q(ended_at=None) | Q(confirmed_at=None, declined_at=None),
                name="membership_ended_is_nothing_else",
            ),
            models.CheckConstraint(
                condition=Q(is_representative=False) | Q(confirmed_at__isnull=False),
                name="a_representative_is_a_member",
            ),
            models.CheckConstraint(
                condition=Q(declined_at=None) & Q(reason="") | Q(declined_at__isnull=False) & ~Q(reason=""),
                name="a_refusal_has_a_reason",
            ),
        ]
        indexes = [
            models.Index(
                F("created_at"),
                name="membership_waiting",
                condition=Q(confirmed_at=None, declined_at=None, ended_at=None),
            )
        ]

    def __str__(self):
        return f"{self.user} — {self.school}"

    @property
    def is_waiting(self) -> bool:
        return self.confirmed_at is None and self.declined_at is None and self.ended_at is None
