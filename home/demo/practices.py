"""Practices with their history: written by the importer, then dated, dressed, read and counted."""

import json
import os
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor, as_completed
from datetime import date, datetime

from django.db import connection, transaction
from wagtail.models import Page, PageLogEntry, Revision

from files import tasks
from files.models import PortalDocument, PortalImage
from home.demo import source
from practices import covers, dressing
from practices.importer import Writer, record_of
from practices.models import BankPage, PracticePage, PracticeStatistics
from search import index


@transaction.atomic
def write(bank: BankPage, lines: list[dict]) -> None:
    """Every practice; those whose author came back to them get the earlier edition too."""
    known = set(PracticePage.objects.filter(import_id__isnull=False).values_list("import_id", flat=True))
    revised = {line["id"]: when for line in lines if (when := revised_at(line)) and line["id"] not in known}
    writer = Writer(bank, dressing=_later)
    writer.write([_record(first_edition(line)) for line in lines if line["id"] in revised])
    writer.write([_record(line) for line in lines])
    for name, when in revised.items():
        _date(PracticePage.objects.get(import_id=name), when)
    index.update("practice", PracticePage.objects.filter(import_id__in=revised).values_list("pk", flat=True))


def revised_at(line: dict) -> datetime | None:
    return source.revised_at(line["id"], date.fromisoformat(line["published"]))


def first_edition(line: dict) -> dict:
    """What the author published before knowing what did not work, and for whom it must be made easier."""
    return line | {"did_not_work": "", "conditions": line["conditions"] | {"special_needs": ""}}


def _record(line: dict):
    return record_of(json.dumps(line, ensure_ascii=False))


def _later(jobs: list[dict]) -> None:
    """Covers and files are made afterwards, page by page, so that an interrupted demo goes on where it stopped."""


def _date(page: PracticePage, when: datetime) -> None:
    Revision.objects.filter(pk=page.live_revision_id).update(created_at=when)
    PageLogEntry.objects.filter(page=page.pk, revision=page.live_revision_id).update(timestamp=when)
    Page.objects.filter(pk=page.pk).update(last_published_at=when, latest_revision_created_at=when)


def undressed(lines: list[dict]) -> list[tuple[int, list[dict]]]:
    """Pages that lack a cover or files, with the outlines of their files."""
    pages = {page.import_id: page for page in PracticePage.objects.filter(import_id__isnull=False)}
    lacking = []
    for line in lines:
        page, materials = pages[line["id"]], _record(line).materials
        have = set(page.materials.values_list("title", flat=True))
        if not page.share_image_id or {material["title"] for material in materials} - have:
            lacking.append((page.pk, materials))
    return lacking


def dress(pages: Iterable[tuple[int, list[dict]]]) -> None:
    for page_id, materials in pages:
        with transaction.atomic():
            dressing.dress(page_id, materials)
            page = PracticePage.objects.get(pk=page_id)
            PortalImage.objects.filter(pk=page.share_image_id, description="").update(
                description=covers.describe(page.kind)
            )


def unread() -> list[int]:
    return list(PortalDocument.objects.filter(text_state=PortalDocument.TextState.WAITING).values_list("pk", flat=True))


def read(documents: list[int]) -> Iterator[None]:
    """Read the files at once, that they are found when the demo is ready; the worker finds its task done.

    A file is read in a process of its own, so threads keep all cores busy; inside a transaction, where
    their connections would not see the files yet, it is one after another. Yields as each is done.
    """
    if connection.in_atomic_block:
        yield from map(tasks.read_document, documents)
        return
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        for done in as_completed([pool.submit(_read, document_id) for document_id in documents]):
            yield done.result()


def _read(document_id: int) -> None:
    try:
        tasks.read_document(document_id)
    finally:
        connection.close()


@transaction.atomic
def count() -> None:
    """Readings and downloads of some years, the more the older; what has been counted since is left alone."""
    counted = set(PracticeStatistics.objects.values_list("page_id", flat=True))
    made = []
    for page in PracticePage.objects.filter(import_id__startswith="D").exclude(pk__in=counted):
        age = source.LAST_YEAR + 1 - page.first_published_at.year
        readings = source.number(f"{page.import_id} readings", 60, 420) * age
        downloads = readings * source.number(f"{page.import_id} downloads", 8, 34) // 100
        made.append(PracticeStatistics(page=page, readings=readings, downloads=downloads))
    PracticeStatistics.objects.bulk_create(made)
    index.set_popularity("practice", {statistics.page_id: statistics.downloads for statistics in made})
