from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import MultiFieldPanel

from core.models import BasePage
from core.sections import sections_of
from schools.querysets import SchoolManager


class SchoolIndexPage(BasePage):
    """The directory of the city's schools."""

    max_count = 1
    parent_page_types = ["home.HomePage"]
    subpage_types = ["schools.SchoolPage"]

    class Meta:
        verbose_name = _("directory of schools")

    def get_context(self, request: HttpRequest, *args, **kwargs) -> dict:
        schools = SchoolPage.objects.child_of(self).live().public().by_district()
        return {**super().get_context(request, *args, **kwargs), "schools": schools}


class SchoolPage(BasePage):
    """A school: who it is, and what its teachers have published.

    Nothing here says how well its pupils do: a school «с низкими результатами» is never shown as such.
    """

    class Kind(models.TextChoices):
        """Kinds of schools as their names have them."""

        SCHOOL = "school", _("School")
        LYCEUM = "lyceum", _("Lyceum")
        GYMNASIUM = "gymnasium", _("Gymnasium")
        KINDERGARTEN = "kindergarten", _("Kindergarten")
        CENTRE = "centre", _("Centre of education")

    kind = models.CharField(_("kind"), max_length=20, choices=Kind, default=Kind.SCHOOL)
    number = models.PositiveIntegerField(_("number"), null=True, blank=True)
    district = models.CharField(_("district"), max_length=100, blank=True)
    website = models.URLField(_("website"), blank=True)
    import_id = models.CharField(_("id in imports"), max_length=100, null=True, blank=True, unique=True, editable=False)

    objects = SchoolManager()

    content_panels = [
        *BasePage.content_panels,
        MultiFieldPanel(["kind", "number", "district", "website"], _("About the school")),
    ]
    parent_page_types = ["schools.SchoolIndexPage"]
    subpage_types = []

    class Meta:
        verbose_name = _("school")
        verbose_name_plural = _("schools")

    def get_context(self, request: HttpRequest, *args, **kwargs) -> dict:
        sections = sections_of("schools.school", self, request)
        return {**super().get_context(request, *args, **kwargs), "page_sections": sections}
