from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.snippets.models import register_snippet

from core.text import address


@register_snippet
class Subject(models.Model):
    """A school subject or a field of school work («Управление школой») by which things are found."""

    name = models.CharField(_("name"), max_length=100, unique=True)
    slug = models.SlugField(_("address"), max_length=100, unique=True, blank=True)
    order = models.PositiveSmallIntegerField(_("order"), default=100)
    hue = models.PositiveSmallIntegerField(
        _("hue of covers, degrees"), default=200, help_text=_("0 to 359; covers of its practices are drawn in it.")
    )

    panels = ["name", "slug", "order", "hue"]

    class Meta:
        ordering = ["order", "name"]
        verbose_name = _("subject")
        verbose_name_plural = _("subjects")
        constraints = [models.CheckConstraint(condition=models.Q(hue__lt=360), name="subject_hue_is_an_angle")]

    def __str__(self):
        return self.name

    def save(self, *args, **kwargs):
        self.slug = self.slug or address(self.name)
        super().save(*args, **kwargs)
