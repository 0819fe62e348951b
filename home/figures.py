"""What the home page counts: a query or two for each block, however large the bank."""

from django.db.models import Count, Q
from django.http import HttpRequest
from django.utils.translation import ngettext

from core.page_cache import remembered
from practices.cards import Card, cards_of_hits
from practices.models import BankPage, PracticeAuthor, PracticePage
from schools.models import SchoolIndexPage, SchoolPage
from search.finding import find
from search.query import SearchRequest
from search.results import Results
from search.viewers import tokens_of

SUBJECTS_SHOWN = 24
#: As many cards as the block of newest practices may ask for.
MOST_NEWEST = 12


def bank_results(request: HttpRequest, size: int = MOST_NEWEST) -> Results:
    """The newest practices and the counts of the whole bank as this reader may see it: asked once a request."""
    if not hasattr(request, "bank_results"):
        asked = SearchRequest(kinds=["practice"], sort="newest", size=size, tokens=tokens_of(request))
        request.bank_results = find(asked)
    return request.bank_results


def counted() -> dict[str, int]:
    """People, files and schools that anybody may see."""
    practices = PracticePage.objects.live().public()
    authors = PracticeAuthor.objects.filter(page__in=practices).aggregate(
        people=Count("user", distinct=True), names=Count("name", distinct=True, filter=Q(user=None))
    )
    return {
        "people": authors["people"] + authors["names"],
        "materials": practices.aggregate(count=Count("materials"))["count"],
        "schools": SchoolPage.objects.live().public().count(),
    }


def numbers(request: HttpRequest) -> list[dict]:
    """`[{value, label, url}]`."""
    counts = remembered("numbers of the home page", counted)
    people, materials, taking_part = counts["people"], counts["materials"], counts["schools"]
    practices = bank_results(request).total
    schools = SchoolIndexPage.objects.live().first()
    return [
        {
            "value": practices,
            "label": ngettext("practice", "practices", practices),
            "url": BankPage.address(request),
        },
        {"value": people, "label": ngettext("author", "authors", people), "url": ""},
        {"value": materials, "label": ngettext("file to take away", "files to take away", materials), "url": ""},
        {
            "value": taking_part,
            "label": ngettext("school", "schools", taking_part),
            "url": schools.get_url(request) if schools else "",
        },
    ]


def newest(request: HttpRequest, count: int) -> list[Card]:
    return cards_of_hits(bank_results(request).hits[:count], PracticePage.objects, request, covers=True)


def kinds(request: HttpRequest) -> list[dict]:
    """`[{code, label, url, count}]`, the most frequent first."""
    bank = BankPage.address(request)
    return [
        {"code": value.value, "label": value.label, "url": f"{bank}?kind={value.value}", "count": value.count}
        for value in bank_results(request).facets.get("kind", [])
    ]


def subjects(request: HttpRequest) -> list[dict]:
    """`[{label, url, count}]`, the most frequent first."""
    bank = BankPage.address(request)
    return [
        {"label": value.label, "url": f"{bank}subjects/{value.value}/", "count": value.count}
        for value in bank_results(request).facets.get("subject", [])[:SUBJECTS_SHOWN]
    ]
