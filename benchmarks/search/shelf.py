"""The corpus as the portal's practices: what search is handed, and the rows that facets take their names from."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from benchmarks.corpus_words import SCHOOLS, SUBJECTS, Corpus, Practice
from search import registry
from search.documents import Attachment, Document

KIND = "practice"
#: Numbers of practices begin here as ids of pages, far above those of the tree.
FIRST_ID = 1_000_001


@dataclass(frozen=True)
class Names:
    """Codes of facets' values, in the order of the corpus's numbers."""

    subjects: list[str]
    schools: list[str]
    tags: list[tuple[str, str]]


class Shelf:
    """So many practices of a corpus, registered in the place of everything that the portal has."""

    def __init__(self, corpus: Corpus, size: int) -> None:
        self.corpus = corpus
        self.size = size
        self.names = Names([], [], [])

    def register(self) -> None:
        from practices.facets import FACETS  # noqa: PLC0415 - after django.setup()

        self.names = names(self.corpus)
        for source in registry.sources():
            registry.unregister(source.kind)
        ids = range(FIRST_ID, FIRST_ID + self.size)
        registry.register(registry.Source(KIND, "Practices", self.documents, lambda: ids, FACETS))

    def documents(self, ids: Collection[int] | None = None) -> Iterator[Document]:
        numbers = range(self.size) if ids is None else sorted(object_id - FIRST_ID for object_id in ids)
        return (self.document(self.corpus[number]) for number in numbers if 0 <= number < self.size)

    def document(self, practice: Practice) -> Document:
        names, number = self.names, practice.number
        tags = [names.tags[tag] for tag in practice.tags]
        return Document(
            kind=KIND,
            object_id=FIRST_ID + number,
            ref=f"W{number:06}",
            title=practice.title,
            url=f"/portal/bank/w{number}/",
            date=practice.date,
            summary=practice.summary,
            tags=[name for _slug, name in tags],
            text=practice.text,
            people=practice.people,
            attachments=[Attachment(number, f"Приложение {number}.docx", list(enumerate(practice.pages, 1)))]
            if practice.pages
            else [],
            facets={
                "kind": [practice.kind],
                "subject": [names.subjects[practice.subject]],
                "grade": [str(grade) for grade in practice.grades],
                "level": levels(practice.grades),
                "school": [names.schools[practice.school]],
                "year": [str(practice.date.year)],
                "tag": [slug for slug, _name in tags],
                "mark": ["best"] if practice.is_best else [],
            },
            popularity=practice.popularity,
        )


def levels(grades: list[int]) -> list[str]:
    from core.choices import levels_of  # noqa: PLC0415 - after django.setup()

    return list(levels_of(grades))


def names(corpus: Corpus) -> Names:
    """The rows of subjects, tags and schools, made where they are missing."""
    from django.db import transaction  # noqa: PLC0415 - after django.setup()

    from core.models import Subject, Tag  # noqa: PLC0415
    from schools.models import SchoolPage  # noqa: PLC0415

    for number, name in enumerate(SUBJECTS):
        Subject.objects.get_or_create(name=name, defaults={"order": number})
    subjects = dict(Subject.objects.values_list("name", "slug"))
    if not SchoolPage.objects.exists():
        with transaction.atomic():
            make_schools()
    schools = list(SchoolPage.objects.order_by("path").values_list("slug", flat=True))
    for number, name in enumerate(corpus.tag_names()):
        Tag.objects.get_or_create(slug=f"topic-{number}", defaults={"name": f"{name} {number}"})
    named = dict(Tag.objects.values_list("slug", "name"))
    tags = [(f"topic-{number}", named[f"topic-{number}"]) for number in range(len(corpus.topics))]
    return Names([subjects[name] for name in SUBJECTS], schools, tags)


def make_schools() -> None:
    from wagtail.models import Locale, Page, Site  # noqa: PLC0415 - after django.setup()

    from home.models import HomePage  # noqa: PLC0415
    from practices.models import BankPage  # noqa: PLC0415
    from schools.models import SchoolIndexPage, SchoolPage  # noqa: PLC0415

    Locale.objects.get_or_create(language_code="ru")
    home = Page.objects.get(depth=1).add_child(instance=HomePage(title="Империя школ", slug="portal"))
    Site.objects.update_or_create(is_default_site=True, defaults={"hostname": "localhost", "root_page": home})
    home.add_child(instance=BankPage(title="Банк практик", slug="bank"))
    index = home.add_child(instance=SchoolIndexPage(title="Школы", slug="schools"))
    for number in range(1, SCHOOLS + 1):
        index.add_child(instance=SchoolPage(title=f"Школа № {number}", slug=f"school-{number}", number=number))
