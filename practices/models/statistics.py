from django.db import models
from django.utils.translation import gettext_lazy as _

#: Downloads that a lesson really held weighs as much as: of ten who take a file about one comes back to tell.
ADOPTION_WEIGHT = 10


class PracticeStatistics(models.Model):
    """How often a practice was read, its materials taken, its lesson held by others: numbers, nobody's data.

    A table of its own, since publishing a revision rewrites the page's whole row.
    """

    page = models.OneToOneField(
        "practices.PracticePage", on_delete=models.CASCADE, primary_key=True, related_name="statistics"
    )
    readings = models.PositiveIntegerField(_("readings"), default=0)
    downloads = models.PositiveIntegerField(_("downloads"), default=0)

    #: Reports «Провёл у себя» that are shown; see `practices.afterlife.adoptions`.
    adoptions = models.PositiveIntegerField(_("reuses"), default=0, db_default=0)

    class Meta:
        verbose_name = _("statistics of a practice")

    def __str__(self):
        return f"{self.page_id}: {self.readings} / {self.downloads} / {self.adoptions}"

    @property
    def popularity(self) -> int:
        """By what the bank orders «most used» and nudges relevance."""
        return popularity(self.downloads, self.adoptions)


def popularity(downloads: int, adoptions: int) -> int:
    return downloads + ADOPTION_WEIGHT * adoptions
