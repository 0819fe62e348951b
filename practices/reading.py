"""A practice as its page shows it: facts at once, then the sections, then everything to take away."""

from dataclasses import dataclass

from django.db.models import prefetch_related_objects
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from wagtail.models import PageLogEntry
from wagtail.rich_text import expand_db_html

from core.sections import sections_of
from practices import citations, structured
from practices.cards import card_of, cards_of_hits
from practices.querysets import SHARE_FILTER
from search.engines import engine
from search.viewers import tokens_of

RELATED = 3


@dataclass(frozen=True)
class Section:
    """A part of the text with its anchor; `stream` where it consists of blocks, otherwise `html`."""

    anchor: str
    title: str
    html: SafeString | str = ""
    stream: object = None


def sections(page) -> list[Section]:
    parts = [
        Section("problem", _("What was hard"), rich(page.problem)),
        Section("practice", _("What was done"), stream=page.body),
        Section("results", _("What came of it"), rich(page.results)),
        Section("did-not-work", _("What did not work"), rich(page.did_not_work)),
    ]
    return [part for part in parts if part.html or part.stream]


def rich(html: str) -> SafeString:
    # Wagtail's whitelister has cleaned it on the way in; this resolves its links.
    return mark_safe(expand_db_html(html))  # noqa: S308


def conditions(page) -> list[tuple[str, str]]:
    """What another class needs: `[(label, text)]`, only what the author has said."""
    known = [
        (_("Class size"), page.class_size),
        (_("Time"), page.duration),
        (_("Equipment"), page.equipment),
        (_("Pupils with special needs"), page.special_needs),
    ]
    return [(label, text) for label, text in known if text]


def materials(page) -> list[dict]:
    return [
        {
            "title": str(material),
            "label": material.document.kind_label,
            "size": material.document.size,
            "url": material.document.url,
            "preview_url": material.document.preview and reverse("files:preview", args=[material.document_id]),
        }
        for material in page.materials.all()
    ]


def authors(page) -> list[dict]:
    """`[{name, role, position, school}]`; the school only where it is another than the practice's own."""
    return [
        {
            "name": author.full_name,
            "role": author.get_role_display(),
            "is_author": author.role == "author",
            "position": author.user.position if author.user else "",
        }
        for author in page.authors.all()
    ]


def revisions(page) -> list[dict]:
    """When this text was published, the newest first: `[{date, current}]`."""
    dates = PageLogEntry.objects.filter(page=page.pk, action="wagtail.publish").order_by("-timestamp")
    days = list(dict.fromkeys(timezone.localdate(moment) for moment in dates.values_list("timestamp", flat=True)[:20]))
    return [{"date": day, "current": number == 0} for number, day in enumerate(days)]


def reading_context(page, request: HttpRequest, bank_url: str) -> dict:
    """All that `practice_page.html` shows; `bank_url` is the address of the page above."""
    is_preview = getattr(request, "is_preview", False)
    if not is_preview:
        # Asked for here, there and in templates: read once. A preview has them in memory, unsaved.
        prefetch_related_objects([page], "subjects", "authors__user", "tagged_items__tag", "materials__document")
    page_url = page.get_url(request) or ""
    citation = citations.Citation.of(page)
    hits = [] if is_preview else engine().similar("practice", page.pk, tokens=tokens_of(request), limit=RELATED)
    page_materials = materials(page)
    page_authors = authors(page)
    return {
        "card": card_of(page, request, cover=page.share_image),
        "sections": sections(page),
        "conditions": conditions(page),
        "materials": page_materials,
        "zip_url": page_url + "materials/" if len(page_materials) > 1 else "",
        "handout_url": page_url + "handout/",
        "citation": citations.gost(citation),
        "bibtex_url": page_url + "citation/bib/",
        "ris_url": page_url + "citation/ris/",
        "authors": page_authors,
        "licence": {"label": page.get_licence_display(), "url": page.licence_url},
        "subjects": [
            {"name": subject.name, "url": f"{bank_url}subjects/{subject.slug}/"} for subject in page.subjects.all()
        ],
        "tags": [
            {"name": item.tag.name, "url": f"{bank_url}tags/{item.tag.slug}/"} for item in page.tagged_items.all()
        ],
        "statistics": getattr(page, "statistics", None),
        "revisions": revisions(page),
        "related": cards_of_hits(hits, type(page).objects, request),
        "share_image_url": page.share_image.get_rendition(SHARE_FILTER).full_url if page.share_image else "",
        "og_type": "article",
        "json_ld": structured.json_ld(page, citation, page_authors),
        "page_sections": sections_of("practices.practice", page, request),
    }
