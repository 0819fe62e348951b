"""A practice as its page shows it: facts at once, then the sections, then everything to take away."""

from dataclasses import dataclass

from django.db.models import prefetch_related_objects
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from wagtail.rich_text import expand_db_html

from core.sections import sections_of
from practices import citations, structured
from practices.afterlife.editions import History
from practices.cards import card_of, cards_of_hits
from practices.querysets import SHARE_FILTER
from search.finding import similar
from search.viewers import tokens_of

RELATED = 3
#: Reports of reuse on the practice's own page.
REPORTS = 3


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
    """`[{name, role, is_author, is_named, position}]`; of one whose name is withdrawn nothing else is told."""
    return [
        {
            "name": author.full_name,
            "role": author.get_role_display(),
            "is_author": author.role == "author",
            "is_named": author.is_named,
            "position": author.user.position if author.user and author.is_named else "",
        }
        for author in page.authors.all()
    ]


def revisions(page, page_url: str) -> list[dict]:
    """When this text was published, the newest first: `[{number, date, current, url}]`."""
    return [
        {
            "number": edition.number,
            "date": timezone.localdate(edition.published_at),
            "current": edition.is_current,
            "url": f"{page_url}history/{edition.number}/",
        }
        for edition in reversed(History(page).editions)
    ]


def afterlife(page, page_url: str) -> dict:
    """What became of it since: the mark, corrections, the newest reports of reuse and the way to all."""
    statistics = getattr(page, "statistics", None)
    count = statistics.adoptions if statistics else 0
    reports = page.adoptions.shown().for_list()[:REPORTS] if count else []
    return {
        "is_best": getattr(page, "distinction", None) is not None,
        "corrections": page.corrections.all(),
        "reports": list(reports),
        "reports_count": count,
        "all_reports_url": f"{page_url}used/" if count > REPORTS else "",
        "adopt_url": reverse("afterlife:adopt", args=[page.pk]),
        "revisions": revisions(page, page_url),
        "history_url": f"{page_url}history/",
    }


def reading_context(page, request: HttpRequest, bank_url: str) -> dict:
    """All that `practice_page.html` shows; `bank_url` is the address of the page above."""
    is_preview = getattr(request, "is_preview", False)
    if not is_preview:
        # Asked for here, there and in templates: read once. A preview has them in memory, unsaved.
        prefetch_related_objects([page], "subjects", "authors__user", "tagged_items__tag", "materials__document")
    page_url = page.get_url(request) or ""
    citation = citations.Citation.of(page)
    hits = [] if is_preview else similar("practice", page.pk, tokens=tokens_of(request), limit=RELATED)
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
        **({"revisions": []} if is_preview else afterlife(page, page_url)),
        "related": cards_of_hits(hits, type(page).objects, request),
        "share_image_url": page.share_image.get_rendition(SHARE_FILTER).full_url if page.share_image else "",
        "og_type": "article",
        "json_ld": structured.json_ld(page, citation, page_authors),
        "page_sections": sections_of("practices.practice", page, request),
    }
