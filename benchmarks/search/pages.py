"""The same practices as pages, which stock Wagtail searches: rows by the importer's own bulk insert."""

from itertools import islice

from benchmarks.corpus_words import Practice
from benchmarks.search.ground import say
from benchmarks.search.shelf import Names, Shelf, levels

BATCH = 2_000


def make_pages(shelf: Shelf) -> None:
    """Published pages for all of the corpus; nothing where they are already."""
    from practices.models import BankPage, PracticePage  # noqa: PLC0415 - after django.setup()

    there = PracticePage.objects.count()
    bank = BankPage.objects.get()
    practices = islice(shelf.corpus.first(shelf.size), there, None)
    while batch := list(islice(practices, BATCH)):
        write(bank, batch, shelf.names)
        say(f"pages: {batch[-1].number + 1} of {shelf.size}")


def write(bank, practices: list[Practice], names: Names) -> None:
    from django.db import transaction  # noqa: PLC0415 - after django.setup()

    from core.models import Subject, Tag  # noqa: PLC0415
    from practices.importer.tree import add_pages  # noqa: PLC0415
    from practices.models import PracticeAuthor, PracticePage, PracticeTag  # noqa: PLC0415
    from schools.models import SchoolPage  # noqa: PLC0415

    subjects = dict(Subject.objects.values_list("slug", "pk"))
    schools = dict(SchoolPage.objects.values_list("slug", "pk"))
    tags = dict(Tag.objects.values_list("slug", "pk"))
    pages = [page_of(practice, schools[names.schools[practice.school]]) for practice in practices]
    links = PracticePage.subjects.through
    with transaction.atomic():
        add_pages(bank, pages)
        pairs = list(zip(pages, practices, strict=True))
        PracticeAuthor.objects.bulk_create(
            PracticeAuthor(page=page, name=name, sort_order=order)
            for page, practice in pairs
            for order, name in enumerate(practice.people)
        )
        PracticeTag.objects.bulk_create(
            PracticeTag(tag_id=tags[names.tags[tag][0]], content_object=page)
            for page, practice in pairs
            for tag in practice.tags
        )
        links.objects.bulk_create(
            links(practicepage_id=page.pk, subject_id=subjects[names.subjects[practice.subject]])
            for page, practice in pairs
        )


def page_of(practice: Practice, school: int):
    from practices.importer import blocks  # noqa: PLC0415 - after django.setup()
    from practices.models import PracticePage  # noqa: PLC0415

    problem, *body, results = practice.sections
    return PracticePage(
        title=practice.title,
        draft_title=practice.title,
        summary=practice.summary[:500],
        kind=practice.kind,
        year=practice.date.year,
        grades=practice.grades,
        levels=levels(practice.grades),
        problem=blocks.paragraphs(problem),
        body=blocks.stream("\n\n".join(body), str(practice.number)),
        results=blocks.paragraphs(results),
        school_id=school,
        live=True,
        first_published_at=practice.date,
        last_published_at=practice.date,
    )
