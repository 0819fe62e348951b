"""What becomes of a practice after publication: reuse, corrections, the mark, withdrawal."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class Adoption(models.Model):
    """«Провёл у себя»: a teacher tried somebody's practice and tells what came of it."""

    practice = models.ForeignKey("practices.PracticePage", on_delete=models.CASCADE, related_name="adoptions")
    teacher = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="adoptions"
    )
    held_on = models.DateField(_("when"))
    class_name = models.CharField(_("class"), max_length=100, help_text=_("For example, «5 “B”, 27 pupils»."))
    changed = models.TextField(_("what you changed"), blank=True, max_length=2000)
    outcome = models.TextField(_("what came of it"), max_length=4000)
    photo = models.ForeignKey(
        "files.PortalImage", null=True, blank=True, on_delete=models.SET_NULL, related_name="+", verbose_name=_("photo")
    )
    document = models.ForeignKey(
        "files.PortalDocument",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        verbose_name=_("file"),
    )
    created_at = models.DateTimeField(auto_now_add=True)
    #: The author's word to the teacher.
    answer = models.TextField(_("answer"), blank=True, max_length=2000)
    answered_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    answered_at = models.DateTimeField(null=True, blank=True)
    #: Set by moderators.
    hidden_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-created_at", "-pk"]
        verbose_name = _("reuse of a practice")
        verbose_name_plural = _("reuses of practices")
        constraints = [
            # A second press of the button is the same report.
            models.UniqueConstraint(
                fields=["practice", "teacher", "held_on", "class_name"], name="one_report_of_a_lesson"
            )
        ]

    def __str__(self):
        return f"{self.practice}: {self.class_name}"

    @property
    def live(self) -> bool:
        """Whether its file is for everybody: `files.access` asks so of what is no page."""
        return self.hidden_at is None


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
    text = models.TextField(_("what is corrected"), max_length=1000)
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
    reason = models.TextField(_("why"), max_length=1000)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("withdrawal")
        verbose_name_plural = _("withdrawals")

    def __str__(self):
        return str(self.practice)
