from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.utils.translation import gettext_lazy as _


class Fingerprint(models.Model):
    """What a published text shares with near-duplicates: a sample of hashes of its word shingles.

    See `practices.inspection.duplicates`.
    """

    practice = models.OneToOneField(
        "practices.PracticePage", on_delete=models.CASCADE, primary_key=True, related_name="fingerprint"
    )
    hashes = ArrayField(models.BigIntegerField())

    class Meta:
        verbose_name = _("fingerprint of a practice")
        indexes = [GinIndex(fields=["hashes"], name="practices_by_shingles")]

    def __str__(self):
        return str(self.practice_id)
