from django.db import models
from django.utils.translation import gettext_lazy as _


class QueryMiss(models.Model):
    """How often a day a query (Wagtail's, which counts its hits) found nothing by its words. Of nobody in person."""

    query = models.ForeignKey("wagtailsearchpromotions.Query", on_delete=models.CASCADE, related_name="misses")
    date = models.DateField()
    count = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = _("query without results")
        verbose_name_plural = _("queries without results")
        constraints = [models.UniqueConstraint(fields=["query", "date"], name="misses_are_counted_by_day")]

    def __str__(self):
        return f"{self.query} {self.date}: {self.count}"
