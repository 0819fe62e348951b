"""What becomes of a practice after publication: reuse, corrections, the mark, withdrawal."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from files.models import PortalImage

#: The size in which a reported photo is shown.
PHOTO_FILTER = "max-960x720|format-webp"


class AdoptionQuerySet(models.QuerySet):
    """Reports of reuse, by the questions that pages ask."""

    def shown(self) -> "AdoptionQuerySet":
        """Those that moderators have not hidden."""
        return self.filter(hidden_at=None)

    def for_list(self) -> "AdoptionQuerySet":
        """With all that a list shows, in a constant number of queries."""
        photos = PortalImage.objects.prefetch_renditions(PHOTO_FILTER)
        return self.select_related("teacher", "school", "document", "answered_by").prefetch_related(
            models.Prefetch("photo", photos)
        )


class Adoption(models.Model):
    """«Провёл у себя»: a teacher tried somebody's practice and tells what came of it."""

    practice = models.ForeignKey("practices.PracticePage", on_delete=models.CASCADE, related_name="adoptions")
    #: None once the account is gone: what came of the lesson stays, whose it was does not.
    teacher = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="adoptions"
    )
    #: Where the teacher worked when reporting.
    school = models.ForeignKey("schools.SchoolPage", null=True, on_delete=models.SET_NULL, related_name="+")
    held_on = models.DateField(_("When"))
    class_name = models.CharField(_("Which class"), max_length=100, help_text=_("For example, “5B, 27 pupils”."))
    changed = models.TextField(
        _("What you changed"), blank=True, max_length=2000, help_text=_("What your class needed otherwise.")
    )
    outcome = models.TextField(
        _("What came of it"), max_length=4000, help_text=_("What worked, what did not, what you would do next time.")
    )
    photo = models.ForeignKey(
        "files.PortalImage", null=True, blank=True, on_delete=models.SET_NULL, related_name="+", verbose_name=_("Photo")
    )
    #: «The parents of those in the picture have agreed in writing.»
    pupils_consent = models.BooleanField(default=False)
    document = models.ForeignKey(
        "files.PortalDocument",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        verbose_name=_("File"),
    )
    created_at = models.DateTimeField(auto_now_add=True)
    #: The author's word to the teacher.
    answer = models.TextField(_("Your answer"), blank=True, max_length=2000)
    answered_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    answered_at = models.DateTimeField(null=True, blank=True)
    #: Set by moderators.
    hidden_at = models.DateTimeField(null=True, blank=True)

    objects = AdoptionQuerySet.as_manager()

    class Meta:
        ordering = ["-held_on", "-pk"]
        verbose_name = _("reuse of a practice")
        verbose_name_plural = _("reuses of practices")
        constraints = [
            # A second press of the button is the same report.
            models.UniqueConstraint(
                fields=["practice", "teacher", "held_on", "class_name"], name="one_report_of_a_lesson"
            ),
            models.CheckConstraint(
                condition=models.Q(photo=None) | models.Q(pupils_consent=True), name="reported_photo_has_consent"
            ),
            models.CheckConstraint(
                condition=models.Q(answer="") | models.Q(answered_at__isnull=False), name="answer_to_report_has_a_date"
            ),
        ]

    def __str__(self):
        return f"{self.practice}: {self.class_name}"

    @property
    def live(self) -> bool:
        """Whether its file is for everybody: `files.access` asks so of what is no page."""
        return self.hidden_at is None and self.practice.live and not self.practice.get_view_restrictions()

    @property
    def teacher_name(self) -> str:
        """How the report is signed; empty where the account is gone or closed, or the name was taken back."""
        shown = self.teacher and self.teacher.is_active and not self.teacher.name_withdrawn
        return self.teacher.get_full_name() if shown else ""


class Distinction(models.Model):
    """The mark «Лучшая практика»: the experts agreed strongly."""

    practice = models.OneToOneField(
        "practices.PracticePage", on_delete=models.CASCADE, primary_key=True, related_name="distinction"
    )
    round = models.ForeignKey("practices.Round", null=True, on_delete=models.SET_NULL, related_name="+")
    given_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("mark «Best practice»")

    def __str__(self):
        return str(self.practice)


class Correction(models.Model):
    """A note to readers of what was wrong in the published text and is right now."""

    practice = models.ForeignKey("practices.PracticePage", on_delete=models.CASCADE, related_name="corrections")
    text = models.TextField(_("What is corrected"), max_length=1000)
    author = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-created_at", "-pk"]
        verbose_name = _("correction")
        verbose_name_plural = _("corrections")

    def __str__(self):
        return self.text[:60]


class Withdrawal(models.Model):
    """A practice taken back: its address keeps a page that says so."""

    practice = models.OneToOneField(
        "practices.PracticePage", on_delete=models.CASCADE, primary_key=True, related_name="withdrawal"
    )
    reason = models.TextField(_("Why"), max_length=1000)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("withdrawal")
        verbose_name_plural = _("withdrawals")

    def __str__(self):
        return str(self.practice)
