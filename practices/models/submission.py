"""The author's side of a practice: a draft that several hands write, and what its author has declared."""

from django.conf import settings
from django.db import models
from django.db.models.signals import pre_delete
from django.dispatch import receiver
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class Submission(models.Model):
    """A practice written on the portal, from its first saved letter on; one from an import has none.

    The text itself is the page's latest revision. This row is never part of a revision: publishing must not
    turn back what the author declared, nor the number by which two writers notice each other.
    """

    practice = models.OneToOneField(
        "practices.PracticePage", on_delete=models.CASCADE, primary_key=True, related_name="submission"
    )
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        on_delete=models.SET_NULL,
        related_name="submissions",
        verbose_name=_("who answers for it"),
    )
    #: The author's form in which it was begun: a first save that comes twice makes one draft.
    origin = models.UUIDField(null=True, editable=False)
    #: Grows with every save of the text: who saves names the number they began from.
    version = models.PositiveIntegerField(default=1)
    #: The revision of that version: another one being the latest, somebody has written by another door.
    revision = models.ForeignKey("wagtailcore.Revision", null=True, on_delete=models.SET_NULL, related_name="+")
    saved_at = models.DateTimeField(_("saved"), auto_now_add=True)
    saved_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    #: «I have made this myself, or may pass on what I took.»
    rights_declared = models.BooleanField(_("rights declared"), default=False)
    #: «The parents of the pupils in the pictures have agreed in writing.»
    pupils_consent = models.BooleanField(_("parents' consent to pictures"), default=False)
    #: Keys of findings of `practices.inspection` that the author has seen and lets stand.
    seen_findings = models.JSONField(default=list, blank=True)
    created_at = models.DateTimeField(_("begun"), auto_now_add=True)

    class Meta:
        verbose_name = _("submission")
        verbose_name_plural = _("submissions")
        constraints = [models.UniqueConstraint(fields=["author", "origin"], name="one_draft_of_a_form")]

    def __str__(self):
        return str(self.practice)


class CoauthorInvitation(models.Model):
    """A colleague named as co-author by e-mail: becomes an author only by their own word."""

    class State(models.TextChoices):
        SENT = "sent", _("waits for an answer")
        ACCEPTED = "accepted", _("agreed")
        DECLINED = "declined", _("declined")
        TAKEN_BACK = "taken_back", _("taken back")

    submission = models.ForeignKey(Submission, on_delete=models.CASCADE, related_name="invitations")
    email = models.EmailField(_("e-mail"))
    #: Unguessable; stands in the letter's link. Who opens it signs in with whichever address they have.
    code = models.CharField(max_length=43, unique=True)
    state = models.CharField(max_length=10, choices=State, default=State.SENT)
    invited_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    answered_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    created_at = models.DateTimeField(default=timezone.now)
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("invitation of a co-author")
        verbose_name_plural = _("invitations of co-authors")
        constraints = [
            models.UniqueConstraint(fields=["submission", "email"], name="one_invitation_of_an_address"),
            models.CheckConstraint(
                condition=models.Q(state__in=["sent", "accepted", "declined", "taken_back"]),
                name="invitation_state_is_known",
            ),
        ]

    def __str__(self):
        return f"{self.email} — {self.submission}"


@receiver(pre_delete, sender=settings.AUTH_USER_MODEL)
def forget_person(instance, **kwargs):
    """An erased person's addresses stay in no invitation; who inherits their drafts has begun them in no form."""
    addresses = [instance.email, *instance.emailaddress_set.values_list("email", flat=True)]
    theirs = models.Q(answered_by=instance) | models.Q(email__in={address.lower() for address in addresses if address})
    CoauthorInvitation.objects.filter(theirs).delete()
    # Connected with the models, this runs before the drafts get their heirs, whose own forms may have the same number.
    Submission.objects.filter(author=instance).update(origin=None)


class AuthorUpload(models.Model):
    """That a picture or a file came in by the author's page: one that no text shows is cleared away after some days."""

    image = models.OneToOneField("files.PortalImage", null=True, on_delete=models.CASCADE, related_name="+")
    document = models.OneToOneField("files.PortalDocument", null=True, on_delete=models.CASCADE, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True, db_index=True)

    #: It shows the file to nobody: `files.access` opens a file to the readers of what refers to it.
    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("upload of an author")
        verbose_name_plural = _("uploads of authors")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(image=None, document__isnull=False) | models.Q(image__isnull=False, document=None),
                name="upload_is_a_picture_or_a_file",
            )
        ]

    def __str__(self):
        return str(self.image or self.document)
