from django.db import models
from django.utils.translation import gettext_lazy as _
from pgvector.django import HalfVectorField, HnswIndex

#: Numbers in an embedding.
DIMENSIONS = 512


class SearchMeaning(models.Model):
    """A document's embedding, made by the worker after its words are in the index.

    Kept apart from the row it belongs to (`document_id` is `SearchDocument.id`, without a foreign key): a rebuild
    replaces all rows and keeps their ids, and nobody wants to embed a city's bank anew for that.
    """

    document_id = models.BigIntegerField(primary_key=True)
    gist_hash = models.BinaryField(max_length=16, help_text="of the gist that was embedded")
    embedding = HalfVectorField(dimensions=DIMENSIONS)

    class Meta:
        verbose_name = _("search meaning")
        indexes = [
            HnswIndex(
                name="search_meaning_nearest",
                fields=["embedding"],
                opclasses=["halfvec_cosine_ops"],
                m=16,
                ef_construction=64,
            )
        ]

    def __str__(self):
        return str(self.document_id)
