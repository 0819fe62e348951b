from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class SavedSearch(models.Model):
    """A question that a person asks again, or lets the portal ask for them: `alert` tells of what is new since."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="saved_searches")
    text = models.CharField(_("query"), max_length=300, blank=True)
    kind = models.CharField(max_length=40, blank=True, help_text="one kind of object; empty: all")
    filters = models.JSONField(default=dict, help_text="facet -> values")
    alert = models.BooleanField(_("tell me of new results"), default=True)
    created_at = models.DateTimeField(auto_now_add=True)
    checked_at = models.DateTimeField(help_text="results dated later are new")

    news = models.PositiveIntegerField(default=0, help_text="found since the person last opened it")

    class Meta:
        verbose_name = _("saved search")
        verbose_name_plural = _("saved searches")
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["person", "text", "kind", "filters"], name="search_is_saved_once"),
        ]

    def __str__(self):
        return self.text
