"""The index. Everything in it can be made again from the modules' own tables: `manage.py rebuild_index`."""

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _


class TransactionId(models.Field):
    """PostgreSQL's own number of the transaction that wrote a row."""

    def db_type(self, connection) -> str:
        return "xid8"


class CurrentTransactionId(models.Func):
    function = "pg_current_xact_id"
    output_field = TransactionId()


class SearchFacetValue(models.Model):
    """A number for each pair of a facet and a value, so that counting them is counting integers."""

    id = models.AutoField(primary_key=True)
    facet = models.CharField(max_length=40)
    value = models.CharField(max_length=200)

    class Meta:
        verbose_name = _("facet value")
        constraints = [models.UniqueConstraint(fields=["facet", "value"], name="facet_value_is_numbered_once")]

    def __str__(self):
        return f"{self.facet}: {self.value}"


class SearchDocument(models.Model):
    """One object that can be found.

    Columns read for every match come first and stay in the row; texts and terms are moved out of it
    (migration 0002), so that a query which counts facets of all matches reads 250 bytes a match.
    The id comes from the sequence `search_document_id` and survives a rebuild: cursors hold it.
    """

    id = models.BigIntegerField(primary_key=True)
    object_id = models.BigIntegerField()
    date = models.DateTimeField()
    popularity = models.PositiveIntegerField(default=0)
    kind = models.CharField(max_length=40)
    access = ArrayField(models.TextField(), default=list)
    facets = ArrayField(models.IntegerField(), default=list)
    hash = models.BinaryField(max_length=16)
    ref = models.CharField(max_length=100, null=True)
    url = models.TextField()
    title = models.TextField()
    summary = models.TextField()
    tags = ArrayField(models.TextField(), default=list)
    people = ArrayField(models.TextField(), default=list)
    text = models.TextField()
    #: What it is about, in a few stretches: the worker embeds them.
    gist = ArrayField(models.TextField(), default=list)
    terms = SearchVectorField()
    #: The very forms of the words at their places: read for quoted phrases only.
    forms = SearchVectorField(default="")

    class Meta:
        verbose_name = _("search document")
        constraints = [models.UniqueConstraint(fields=["kind", "object_id"], name="object_is_found_once")]
        indexes = [
            GinIndex(fields=["terms"], name="search_document_terms"),
            GinIndex(fields=["forms"], name="search_document_forms"),
            # None on popularity: counting downloads would then touch every index of the row.
            models.Index(fields=["-date", "-id"], name="search_document_newest"),
        ]

    def __str__(self):
        return self.title


class SearchPassage(models.Model):
    """A page, a slide or a stretch of an attached file: read only to show where an object's file matched."""

    document = models.ForeignKey(SearchDocument, on_delete=models.DO_NOTHING, related_name="passages")
    attachment = models.BigIntegerField(help_text="id of the file")
    number = models.PositiveIntegerField(help_text="order within the document, from 0")
    page = models.PositiveIntegerField(null=True)
    title = models.TextField()
    text = models.TextField()
    terms = SearchVectorField()

    class Meta:
        verbose_name = _("search passage")

    def __str__(self):
        return f"{self.title}, {self.page}"


class SearchWord(models.Model):
    """A word as it is written in documents, by which a half-typed one is completed.

    `count` is the number of documents with it, `public_count` of those that everybody finds: only
    words with some of the latter may be shown to people.
    """

    word = models.CharField(max_length=130, primary_key=True)
    terms = ArrayField(models.TextField())
    count = models.IntegerField()
    public_count = models.IntegerField()

    class Meta:
        verbose_name = _("search word")
        indexes = [
            GinIndex(fields=["terms"], name="search_word_terms"),
            models.Index(fields=["count"], condition=models.Q(count__lte=0), name="search_word_gone"),
        ]

    def __str__(self):
        return self.word


class SearchWordChange(models.Model):
    """What an update adds to a word's counts, until it is merged into `SearchWord` after the commit.

    Appended, never updated: two publications at once must not wait for each other over a common word.
    """

    word = models.CharField(max_length=130)
    terms = ArrayField(models.TextField())
    count = models.IntegerField()
    public_count = models.IntegerField()

    class Meta:
        verbose_name = _("change of a search word")
        indexes = [models.Index(OpClass(models.F("word"), name="text_pattern_ops"), name="search_word_change_prefix")]

    def __str__(self):
        return f"{self.word}: {self.count:+}"


class SearchChange(models.Model):
    """That an object was indexed or removed, so that a running rebuild does it again on its new tables."""

    kind = models.CharField(max_length=40)
    object_id = models.BigIntegerField()
    transaction = TransactionId(db_default=CurrentTransactionId(), editable=False)
    at = models.DateTimeField(db_default=Now(), db_index=True)

    class Meta:
        verbose_name = _("change of the search index")

    def __str__(self):
        return f"{self.kind} {self.object_id}"


class SearchCopyChange(models.Model):
    """That a row changed since it was last copied to Elasticsearch; a row that is gone is to be deleted there too."""

    document_id = models.BigIntegerField(db_index=True)

    class Meta:
        verbose_name = _("change to copy to Elasticsearch")

    def __str__(self):
        return str(self.document_id)
