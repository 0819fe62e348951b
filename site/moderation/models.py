from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _


class ObjectQuerySet(models.QuerySet):
    """Rows that are about some object."""

    def about(self, obj: models.Model) -> "ObjectQuerySet":
        return self.filter(content_type=ContentType.objects.get_for_model(obj), object_id=obj.pk)

    def beside(self, row: "Complaint") -> "ObjectQuerySet":
        """Those about the object of this complaint, which itself may be gone."""
        return self.filter(content_type=row.content_type_id, object_id=row.object_id)


class ComplaintQuerySet(ObjectQuerySet):
    def open(self) -> "ComplaintQuerySet":
        return self.filter(state=Complaint.State.NEW)

    def by(self, user) -> "ComplaintQuerySet":
        """This person's own; none of a visitor's, who is nobody in particular."""
        return self.filter(complainer=user) if user.is_authenticated else self.none()


class Complaint(models.Model):
    """Somebody says that an object should not be as it is; the coordinator decides and answers.

    What the object was called and where it stood is copied: it may be gone when the complaint is read. A visitor
    without an account may leave an address for the answer, or none; theirs are not counted by the address: whether
    somebody complained would be told to whoever tries it.
    """

    class Reason(models.TextChoices):
        CHILDREN = "children", _("Personal data of children")
        RIGHTS = "rights", _("Somebody’s rights: text, pictures or files are not the author’s own")
        SPAM = "spam", _("Advertising or spam")
        INSULT = "insult", _("Insult or threat")
        ERROR = "error", _("Error of fact")
        OTHER = "other", _("Something else")

    class State(models.TextChoices):
        NEW = "new", _("waits for a decision")
        UPHELD = "upheld", _("upheld")
        DISMISSED = "dismissed", _("dismissed")

    content_type = models.ForeignKey(ContentType, models.PROTECT, related_name="+")
    object_id = models.PositiveBigIntegerField()
    obj = GenericForeignKey()
    object_title = models.CharField(_("about what"), max_length=500)
    object_url = models.CharField(_("address"), max_length=500)
    reason = models.CharField(_("reason"), max_length=10, choices=Reason)
    text = models.TextField(_("in your own words"), max_length=3000)
    complainer = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="complaints",
        verbose_name=_("who complains"),
    )
    email = models.EmailField(_("e-mail for the answer"), blank=True)
    created_at = models.DateTimeField(_("when"), auto_now_add=True)
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.NEW)
    answer = models.TextField(_("answer"), max_length=3000, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("decided by")
    )
    decided_at = models.DateTimeField(_("when decided"), null=True, blank=True)

    objects = ComplaintQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        verbose_name = _("complaint")
        verbose_name_plural = _("complaints")
        indexes = [models.Index(fields=["content_type", "object_id"], name="complaint_object")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(reason__in=["children", "rights", "spam", "insult", "error", "other"]),
                name="complaint_reason_is_known",
            ),
            models.CheckConstraint(
                condition=models.Q(state="new", decided_at=None, answer="")
                | models.Q(state__in=["upheld", "dismissed"], decided_at__isnull=False) & ~models.Q(answer=""),
                name="complaint_is_decided_with_an_answer",
            ),
            models.CheckConstraint(
                condition=models.Q(complainer=None) | models.Q(email=""), name="complaint_needs_one_address"
            ),
            models.UniqueConstraint(
                fields=["content_type", "object_id", "complainer"],
                condition=models.Q(state="new"),
                name="open_complaint_of_a_person_is_one",
            ),
        ]

    def __str__(self):
        return f"{self.object_title}: {self.get_reason_display()}"

    def get_absolute_url(self) -> str:
        return reverse("moderation:complaint", args=[self.pk])

    @property
    def is_open(self) -> bool:
        return self.state == self.State.NEW


class ModerationActionQuerySet(ObjectQuerySet):
    def about_being_seen(self) -> "ModerationActionQuerySet":
        return self.filter(action__in=[ModerationAction.Action.HIDE, ModerationAction.Action.RESTORE])

    def hides(self, complaint: Complaint) -> bool:
        """Whether the last word of moderators about its object's being seen was to hide it."""
        last = self.about_being_seen().beside(complaint).order_by("-pk").first()
        return last is not None and last.action == ModerationAction.Action.HIDE


class ModerationAction(models.Model):
    """A line of the one log of moderation: who did what to which object and why.

    Lines are added, never changed (migration 0002); only the moderator's account may go from them.
    """

    class Action(models.TextChoices):
        HIDE = "hide", _("hidden from readers")
        RESTORE = "restore", _("shown to readers again")
        UPHOLD = "uphold", _("complaint upheld")
        DISMISS = "dismiss", _("complaint dismissed")

    content_type = models.ForeignKey(ContentType, models.PROTECT, related_name="+")
    object_id = models.PositiveBigIntegerField()
    obj = GenericForeignKey()
    object_title = models.CharField(_("about what"), max_length=500)
    complaint = models.ForeignKey(Complaint, models.PROTECT, null=True, related_name="actions")
    action = models.CharField(_("what was done"), max_length=10, choices=Action)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    reason = models.TextField(_("why"), max_length=3000)
    at = models.DateTimeField(_("when"), auto_now_add=True)

    objects = ModerationActionQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        verbose_name = _("deed of a moderator")
        verbose_name_plural = _("log of moderation")
        indexes = [models.Index(fields=["content_type", "object_id"], name="moderation_object")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(action__in=["hide", "restore", "uphold", "dismiss"]),
                name="moderation_action_is_known",
            ),
            models.CheckConstraint(condition=~models.Q(reason=""), name="moderation_has_a_reason"),
        ]

    def __str__(self):
        return f"{self.object_title}: {self.get_action_display()}"
