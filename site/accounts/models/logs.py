"""What is done to accounts, kept for good: lines are added, never changed (triggers of migration 0007)."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.roles import title


class RoleChange(models.Model):
    """A role was given or taken: to whom, by whom, when.

    When an account is erased its lines stay, without the person; `person_mark` (see services.consents) then only
    answers the owner of the address who asks.
    """

    class Action(models.TextChoices):
        GIVEN = "given", pgettext_lazy("role", "given")
        TAKEN = "taken", pgettext_lazy("role", "taken")

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="role_changes", verbose_name=_("person")
    )
    person_mark = models.CharField(_("mark of the person"), max_length=64)
    #: The name of a group: a role's code, or a group of the owner's own.
    role = models.CharField(_("role"), max_length=150)
    action = models.CharField(_("what was done"), max_length=10, choices=Action)
    #: None: the portal itself, by a command.
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("by whom")
    )
    recorded_at = models.DateTimeField(_("when"), auto_now_add=True)

    class Meta:
        ordering = ["-pk"]
        verbose_name = _("change of a role")
        verbose_name_plural = _("log of roles")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(action__in=["given", "taken"]), name="role_change_action_is_known"
            )
        ]

    def __str__(self):
        return f"{self.role}: {self.get_action_display()}"

    @property
    def role_title(self) -> str:
        return title(self.role)


class Erasure(models.Model):
    """An account was erased at its owner's word: that it was can be proven, whose it was cannot be read."""

    person_mark = models.CharField(_("mark of the person"), max_length=64, db_index=True)
    kept_name = models.BooleanField(_("the name stays at published works"))
    recorded_at = models.DateTimeField(_("when"), auto_now_add=True)

    class Meta:
        ordering = ["-pk"]
        verbose_name = _("erasure of an account")
        verbose_name_plural = _("erasures of accounts")

    def __str__(self):
        return f"{self.recorded_at:%d.%m.%Y}"
