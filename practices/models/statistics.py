from django.db import models
from django.utils.translation import gettext_lazy as _


class PracticeStatistics(models.Model):
    """How often a practice was read and its materials taken: two numbers, nobody's data.

    A table of its own, since publishing a revision rewrites the page's whole row.
    """

    page = models.OneToOneField(
        "practices.PracticePage", on_delete=models.CASCADE, primary_key=True, related_name="statistics"
    )
    readings = models.PositiveIntegerField(_("readings"), default=0)
    downloads = models.PositiveIntegerField(_("downloads"), default=0)

    class Meta:
        verbose_name = _("statistics of a practice")

    def __str__(self):
        return f"{self.page_id}: {self.readings} / {self.downloads}"
