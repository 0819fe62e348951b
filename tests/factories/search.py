"""A module of things that are found, kept in memory: what any module hands to search, without its tables."""

from collections.abc import Callable, Collection, Iterator
from datetime import UTC, datetime, timedelta

from search import index
from search.documents import Document
from search.registry import Facet, Source, by_count

BEGINNING = datetime(2024, 1, 1, tzinfo=UTC)
LABELS = {"math": "Математика", "russian": "Русский язык", "rest": "Прочее", "lesson": "Урок", "project": "Проект"}


def labels(values: Collection[str]) -> dict[str, str]:
    return {value: LABELS.get(value, value) for value in values if value in LABELS or value.isdecimal()}


def document(object_id: int, title: str = "", **fields) -> Document:
    """A public document, dated by its id: a greater one is newer."""
    fields = {"kind": "thing", "date": BEGINNING + timedelta(days=object_id), "url": f"/things/{object_id}/"} | fields
    return Document(object_id=object_id, title=title or f"Вещь {object_id}", **fields)


class Shelf:
    """Documents by id; `source` reads them as a module would read its tables."""

    def __init__(self, kind: str = "thing") -> None:
        self.kind = kind
        self.documents: dict[int, Document] = {}
        #: Called with the ids about to be read, to let something happen meanwhile.
        self.before_reading: Callable[[Collection[int] | None], None] = lambda _ids: None

    @property
    def source(self) -> Source:
        facets = [
            Facet("subject", "Subject", labels),
            Facet("kind", "Kind", labels, by_count),
            Facet("grade", "Grade", labels),
        ]
        return Source(self.kind, "Things", self.read, lambda: list(self.documents), facets)

    def read(self, ids: Collection[int] | None = None) -> Iterator[Document]:
        self.before_reading(ids)
        for object_id in sorted(self.documents if ids is None else set(ids) & set(self.documents)):
            yield self.documents[object_id]

    def put(self, *documents: Document) -> None:
        """Change the documents and index them, as a publication does."""
        for each in documents:
            self.documents[each.object_id] = each
        index.update(self.kind, [each.object_id for each in documents])

    def take_away(self, *ids: int) -> None:
        for object_id in ids:
            self.documents.pop(object_id, None)
        index.update(self.kind, ids)
