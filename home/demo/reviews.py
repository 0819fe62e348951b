"""How published practices of the demo were once accepted by experts."""

from collections.abc import Iterable
from datetime import timedelta

from django.db import transaction
from wagtail.models import Page, PageLogEntry, Revision

from home.demo import clock, source, verdicts
from practices.models import PracticePage
from practices.review.services import open_round

#: Days before the publication: submitted, read by the first expert. With the word of the last it is published.
SUBMITTED, FIRST_READ = 17, 6


def unreviewed(pages: dict[str, PracticePage]) -> list[tuple[PracticePage, list[dict]]]:
    """Practices of which `data/` tells how they were read, but the database does not yet."""
    known = {page.pk for page in PracticePage.objects.filter(rounds__isnull=False)}
    told = ((pages.get(line["practice"]), line["reviews"]) for line in source.reviews())
    return [(page, reviews) for page, reviews in told if page and page.live and page.pk not in known]


def accept(practices: Iterable[tuple[PracticePage, list[dict]]]) -> None:
    for page, reviews in practices:
        with transaction.atomic():
            _accept(page, reviews)


def _accept(page: PracticePage, reviews: list[dict]) -> None:
    """The text that is public now goes to the experts and is published by their verdicts, at the moment it was."""
    published = page.last_published_at
    _take_back(page)
    with clock.at(published - timedelta(days=SUBMITTED)):
        opened = open_round(practice=page, user=page.owner)
    first, last = ({"verdict": "accept", **review} for review in reviews)
    verdicts.finish(opened, first, published - timedelta(days=FIRST_READ))
    verdicts.finish(opened, last, published)


def _take_back(page: PracticePage) -> None:
    """As if the importer had not published the latest text: its author, after all, has submitted it."""
    earlier = (
        Revision.objects.for_instance(page).exclude(pk=page.live_revision_id).order_by("-created_at", "-pk").first()
    )
    PageLogEntry.objects.filter(page=page.pk, action="wagtail.publish", revision=page.live_revision_id).delete()
    Page.objects.filter(pk=page.pk).update(
        live=earlier is not None, live_revision=earlier, has_unpublished_changes=True
    )
