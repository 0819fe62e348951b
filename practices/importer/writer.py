"""Records as published pages, thousands at a time.

Treebeard's `add_child` and Wagtail's `publish` cost 113 queries a page; here a batch costs some thirty,
however many pages are in it. What Wagtail would have written is written all the same: page, revision,
log, tags. `manage.py fixtree` and `check_index` find nothing wrong afterwards; tests run both.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Self
from uuid import uuid4

from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.utils import timezone
from wagtail.models import Page, PageLogEntry, Revision

from core.models import SiteGeneration
from practices.importer.people import Directory
from practices.importer.records import Record
from practices.importer.tree import add_pages
from practices.inspection.duplicates import fingerprint_many
from practices.locks import hold_pages
from practices.models import BankPage, PracticeAuthor, PracticePage, PracticeTag
from search import index

#: Records written in one transaction.
BATCH = 250


@dataclass
class Outcome:
    """What became of the records: ids of pages made and changed; a record that says nothing new is unchanged."""

    created: list[int] = field(default_factory=list)
    updated: list[int] = field(default_factory=list)
    unchanged: int = 0

    def __iadd__(self, other: Self) -> Self:
        self.created += other.created
        self.updated += other.updated
        self.unchanged += other.unchanged
        return self


class Writer:
    """Writes batches of records below one bank. `dressing([{"page_id": …, "materials": …}])` is what becomes of the
    pages' covers and files: jobs for the worker, deferred in the same transaction, or something at once.
    """

    def __init__(self, bank: BankPage, dressing: Callable):
        self.bank = bank
        self.directory = Directory(bank)
        self.dressing = dressing
        self.content_type = ContentType.objects.get_for_model(PracticePage)
        self.page_type = ContentType.objects.get_for_model(Page)

    @transaction.atomic
    def write(self, records: Iterable[Record]) -> Outcome:
        """Create or update the practices of these records, all or none; of two with one id the last counts."""
        records = {record.id: record for record in records}
        stored = PracticePage.objects.filter(import_id__in=records)
        hold_pages(stored.values_list("pk", flat=True))
        known = {page.import_id: page for page in stored.all()}
        fresh = [record for record in records.values() if record.id not in known]
        changed = [r for r in records.values() if r.id in known and known[r.id].import_digest != r.digest]
        self.directory.prepare([*fresh, *changed])
        now = timezone.now()
        created = [self.page_of(record, PracticePage(import_id=record.id), now) for record in fresh]
        updated = [self.page_of(record, known[record.id], now) for record in changed]
        if created:
            add_pages(self.bank, created)
        for page in updated:
            page.save_base()
        pages = created + updated
        self.add_parts(pages, [*fresh, *changed])
        self.add_revisions(pages)
        index.update("practice", [page.pk for page in pages])
        fingerprint_many(pages)
        if pages:
            SiteGeneration.grow()
        records_written = zip(pages, [*fresh, *changed], strict=True)
        self.dressing([{"page_id": page.pk, "materials": record.materials} for page, record in records_written])
        unchanged = len(records) - len(pages)
        return Outcome([page.pk for page in created], [page.pk for page in updated], unchanged)

    def page_of(self, record: Record, page: PracticePage, now: datetime) -> PracticePage:
        page.title = page.draft_title = record.title
        page.summary, page.kind, page.year = record.summary, record.kind, record.year
        page.grades, page.levels, page.licence = list(record.grades), list(record.levels), record.licence
        page.problem, page.results, page.did_not_work = record.problem, record.results, record.did_not_work
        page.body = record.body
        page.school = self.directory.school(record.school)
        for name, text in record.conditions.items():
            setattr(page, name, text)
        page.import_digest = record.digest
        page.live, page.has_unpublished_changes = True, False
        page.first_published_at = page.first_published_at or record.published or now
        page.last_published_at = page.latest_revision_created_at = now if page.pk else page.first_published_at
        owner = next(filter(None, map(self.directory.person, record.authors)), None)
        page.owner_id = page.owner_id or (owner and owner.pk)
        return page

    def add_parts(self, pages: list[PracticePage], records: list[Record]) -> None:
        """Authors, tags and subjects; those of an updated page are put anew.

        Where an author has left and taken the name along, the authors stay: the import's file still has the name.
        """
        ids = [page.pk for page in pages]
        kept = set(PracticeAuthor.objects.filter(page__in=ids, name_withdrawn=True).values_list("page_id", flat=True))
        subjects = PracticePage.subjects.through
        for model, link in ((PracticeAuthor, "page"), (PracticeTag, "content_object"), (subjects, "practicepage")):
            gone = [pk for pk in ids if model is not PracticeAuthor or pk not in kept]
            model.objects.filter(**{f"{link}__in": gone}).delete()
        authors, tags, links = [], [], []
        for page, record in zip(pages, records, strict=True):
            made = [self.author_of(page, name, order) for order, name in enumerate(record.authors)]
            authors += made if page.pk not in kept else []
            tags += [PracticeTag(tag=self.directory.tag(name), content_object=page) for name in record.tags]
            links += [
                subjects(practicepage_id=page.pk, subject_id=self.directory.subject(name).pk)
                for name in record.subjects
            ]
        PracticeAuthor.objects.bulk_create(authors)
        PracticeTag.objects.bulk_create(tags, ignore_conflicts=True)
        subjects.objects.bulk_create(links, ignore_conflicts=True)

    def author_of(self, page: PracticePage, name: str, order: int) -> PracticeAuthor:
        person = self.directory.person(name)
        return PracticeAuthor(page=page, user=person, name=person.get_full_name() if person else name, sort_order=order)

    def add_revisions(self, pages: list[PracticePage]) -> None:
        """One published revision a page with its log, as if an editor had pressed «publish»."""
        pages = list(
            PracticePage.objects.filter(pk__in=[page.pk for page in pages]).prefetch_related(
                "subjects", "authors", "materials", "tagged_items", "wagtail_admin_comments"
            )
        )
        revisions = Revision.objects.bulk_create(
            Revision(
                content_type=self.content_type,
                base_content_type=self.page_type,
                object_id=str(page.pk),
                created_at=page.last_published_at,
                object_str=str(page),
                content=page.serializable_data(),
            )
            for page in pages
        )
        for page, revision in zip(pages, revisions, strict=True):
            page.latest_revision = page.live_revision = revision
        Page.objects.bulk_update(pages, ["latest_revision", "live_revision"])
        PageLogEntry.objects.bulk_create(
            PageLogEntry(
                page_id=page.pk,
                content_type=self.content_type,
                label=page.title,
                action="wagtail.publish",
                timestamp=page.last_published_at,
                revision=revision,
                uuid=uuid4(),
                content_changed=True,
                data={},
            )
            for page, revision in zip(pages, revisions, strict=True)
        )
