"""The peer of our search: Wagtail's own on the same PostgreSQL and the same practices, set up as its manual says.

The Russian dictionary of PostgreSQL, the title twice as heavy as the rest, and whatever a reader would expect to be
searched: texts, tags, people, subjects, the school. The portal itself runs without it, hence no settings are touched.
Import it after `django.setup()`.
"""

from wagtail.search.backends import get_search_backend
from wagtail.search.index import FilterField, RelatedFields, SearchField

from practices.models import PracticePage

BACKEND = "wagtail.search.backends.database"
OPERATORS = ("and", "or")
#: Pages written by one statement; a page's text stands in it twice.
BATCH = 100
FIELDS = [
    *PracticePage.search_fields,
    *(SearchField(name) for name in ("summary", "problem", "body", "results", "did_not_work")),
    RelatedFields("tagged_items", [RelatedFields("tag", [SearchField("name")])]),
    RelatedFields("authors", [SearchField("name")]),
    RelatedFields("subjects", [SearchField("name"), FilterField("slug")]),
    RelatedFields("school", [SearchField("title")]),
    FilterField("kind"),
    FilterField("year"),
]


class Stock:
    """Wagtail's search over published practices.

    From the first one on, this process's practices tell Wagtail what of them is searched: they never do otherwise.
    """

    def __init__(self) -> None:
        PracticePage.search_fields = FIELDS
        self.backend = get_search_backend(BACKEND, SEARCH_CONFIG="russian")

    def fill(self) -> int:
        """Index every published practice; how many there are."""
        index = self.backend.get_index_for_model(PracticePage)
        pages = PracticePage.objects.live().prefetch_related("tagged_items__tag", "authors", "subjects", "school")
        ids = list(pages.order_by("pk").values_list("pk", flat=True))
        for start in range(0, len(ids), BATCH):
            index.add_items(PracticePage, pages.filter(pk__in=ids[start : start + BATCH]))
        return len(ids)

    def results(self, text: str, operator: str):
        """Results to slice and to `count()`; operator «and»: all the words, «or»: any of them."""
        return self.backend.search(text, PracticePage.objects.live(), operator=operator)

    def found(self, text: str, operator: str, size: int) -> list[int]:
        """Ids of the best pages, the best first."""
        return [page.pk for page in self.results(text, operator)[:size]]
