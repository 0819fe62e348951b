"""A page of results as an address: what was asked, what was found, and the addresses of all next steps.

The search of the whole portal and the list of one module (the bank of practices) are both such pages.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import ClassVar, Self
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.template.defaultfilters import truncatechars
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.templatetags.house import number
from search import journal
from search.cards import cards_of
from search.engines.base import MAX_RANKED
from search.finding import find
from search.promotions import Promoted, promoted
from search.query import SORTS, SearchRequest
from search.registry import IN, Facet, facets
from search.results import Results
from search.viewers import tokens_of

PAGE_SIZE = 20
#: Values of a facet shown before «show all».
VALUES_SHOWN = 8
#: A facet's values on the page at all: the rest is too rare to choose from a list.
MOST_VALUES = 40
#: Values of a facet that an address may choose.
MOST_CHOSEN = 50
#: Numbers of pages shown on each side of the present one.
PAGES_AROUND = 2
#: Facets whose values stand open from the beginning.
OPEN = 3
#: Synonyms told of a word.
SYNONYMS_TOLD = 4
#: A query is repeated on the page up to here.
QUERY_LETTERS = 100


def sort_labels() -> dict[str, str]:
    return {"relevance": _("By relevance"), "newest": _("Newest first"), "downloads": _("Most used")}


@dataclass
class Browsing:
    """One reading of an address. `within` are filters that the page itself sets (a tag's page).

    `kind` is the one kind of objects whose facets are shown; None: everything at once, without facets.
    """

    request: HttpRequest
    search: SearchRequest
    kind: str | None = None
    within: Mapping[str, list[str]] = field(default_factory=dict)

    #: Begins the ids of the form's parts; names the region that htmx swaps.
    region: ClassVar[str] = "search"
    #: Whether results come while one types.
    answers_typing: ClassVar[bool] = False

    @classmethod
    def read(cls, request: HttpRequest, *, kind: str | None, kinds: list[str] | None, within: Mapping, **more) -> Self:
        """The page asked for; nothing in an address is an error."""
        asked = request.GET
        text = asked.get("q", "").strip()
        default = "relevance" if text else "newest"
        sort = asked.get("sort", default)
        if sort not in SORTS or (sort == "relevance" and not text):
            sort = default
        filters = {name: asked.getlist(name) for name in own_facets(kind) if asked.getlist(name)}
        search = SearchRequest(
            text=text,
            filters={name: list(dict.fromkeys(values))[:MOST_CHOSEN] for name, values in (filters | within).items()},
            kinds=kinds,
            sort=sort,
            page=page_number(asked.get("page", "")),
            after=asked.get("after", ""),
            before=asked.get("before", ""),
            size=PAGE_SIZE,
            tokens=tokens_of(request),
            literal=asked.get("literal") == "1",
        )
        return cls(request, search, kind, within, **more)

    @cached_property
    def results(self) -> Results:
        return find(self.search)

    @cached_property
    def facets_here(self) -> dict[str, Facet]:
        return {name: facet for name, facet in own_facets(self.kind).items() if name not in self.within}

    @property
    def is_beyond_the_end(self) -> bool:
        """A page number after the last: as good as an address that does not exist."""
        return self.search.sort == "relevance" and self.search.page > 1 and not self.results.hits

    def address(self, **changes: str | list[str] | None) -> str:
        """This page's address with other parameters; a change of anything begins from the first page."""
        return address_of(self.request.path, self.parameters() | changes)

    def parameters(self) -> dict[str, str | list[str]]:
        """What of the address stays from step to step."""
        kept: dict[str, str | list[str]] = {"q": self.search.text, **self.search.filters}
        if "sort" in self.request.GET:
            kept["sort"] = self.search.sort
        if self.search.literal:
            kept["literal"] = "1"
        return {name: value for name, value in kept.items() if name not in self.within}

    @property
    def clear_url(self) -> str:
        """The page with neither words nor filters."""
        return self.request.path

    @property
    def unfiltered_url(self) -> str:
        """The same words without what narrows them."""
        return self.address(**dict.fromkeys(self.facets_here, ""))

    def found_label(self) -> str:
        """How much was found: the heading of the results."""
        total, exact = self.results.total, self.results.exact
        if not total:
            return _("Nothing was found")
        if self.results.sort == "relevance" and exact < total:
            return _("Exact matches: %(shown)s") % {"shown": number(exact)} if exact else _("No exact matches")
        if self.results.total_is_more:
            return self.more_than(total)
        return self.counted(total)

    def counted(self, total: int) -> str:
        return ngettext("%(shown)s result", "%(shown)s results", total) % {"shown": number(total)}

    def more_than(self, total: int) -> str:
        return _("More than %(shown)s results") % {"shown": number(total)}

    def apply_label(self) -> str:
        """The button under the filters on a phone."""
        total = self.results.total
        return self.show_counted(total) if total else _("Apply filters")

    def show_counted(self, total: int) -> str:
        return ngettext("Show %(shown)s result", "Show %(shown)s results", total) % {"shown": number(total)}

    def all_label(self) -> str:
        """Where one who found nothing begins anew: a link to `clear_url`."""
        return _("begin anew")

    def facets(self) -> Iterable[dict]:
        """The filters beside the results; a facet whose every value is empty is left out."""
        for place, facet in enumerate(self.facets_here.values()):
            values = self.results.facets.get(facet.name, [])
            if values:
                chosen = any(value.selected for value in values)
                ordered = chosen_first(values) if chosen else values
                yield {
                    "name": facet.name,
                    "title": facet.title,
                    "values": ordered[:VALUES_SHOWN],
                    "rest": ordered[VALUES_SHOWN:MOST_VALUES],
                    "all_url": self.all_values_url(facet),
                    "open": chosen or place < OPEN,
                }

    def all_values_url(self, facet: Facet) -> str:
        """A page with all values of this facet, if there is one."""
        return ""

    def chips(self) -> Iterable[dict]:
        """What narrows the list, each with the address of the list without it."""
        for facet in self.facets_here.values():
            values = {value.value: value.label for value in self.results.facets.get(facet.name, [])}
            chosen = self.search.filters.get(facet.name, [])
            for value in chosen:
                rest = [other for other in chosen if other != value]
                yield {
                    "label": values.get(value, value),
                    "facet": facet.title,
                    "remove_url": self.address(**{facet.name: rest}),
                }

    def understood(self) -> dict:
        """What the words were taken for, and the way back to the words alone: `search/_understood.html`."""
        results = self.results
        # What was read as a name is told once.
        read = {reading.surface.casefold() for reading in results.readings}
        return {
            "corrected": truncatechars(results.corrected, QUERY_LETTERS),
            "typed": truncatechars(self.search.text, QUERY_LETTERS),
            "suggestion": truncatechars(results.suggestion, QUERY_LETTERS),
            "suggestion_url": self.address(q=results.suggestion),
            "readings": [
                {"title": reading.title, "label": reading.label, "url": self.address(q=reading.text_without)}
                for reading in results.readings
            ],
            "synonyms": [
                (word, ", ".join(same[:SYNONYMS_TOLD]))
                for word, same in results.synonyms.items()
                if word.casefold() not in read
            ],
            "is_literal": self.search.literal,
            "literal_url": self.address(literal="1"),
            "understood_url": self.address(literal=""),
        }

    def sort_options(self) -> Iterable[dict]:
        for value, label in sort_labels().items():
            if value != "relevance" or self.search.text:
                current = value == self.search.sort
                yield {"value": value, "label": label, "url": self.address(sort=value), "current": current}

    def pager(self) -> dict:
        """Numbered pages by relevance, «newer» and «older» by date: whichever the order has."""
        results, page = self.results, self.search.page
        if self.search.sort == "relevance":
            return {
                "previous_url": self.address(page=str(page - 1)) if 1 < page <= results.pages else "",
                "next_url": self.address(page=str(page + 1)) if page < results.pages else "",
                "pages": [
                    {"number": place, "url": self.address(page=str(place)), "current": place == page}
                    for place in range(1, results.pages + 1)
                    if place in {1, results.pages} or abs(place - page) <= PAGES_AROUND
                ],
            }
        return {
            "previous_url": self.address(before=results.previous_cursor) if results.previous_cursor else "",
            "next_url": self.address(after=results.next_cursor) if results.next_cursor else "",
            "pages": [],
        }

    def notices(self) -> Iterable[str]:
        """What the reader should know of how the question was taken."""
        results = self.results
        if results.simplified:
            yield _("The search is simplified for now: it may miss what it usually finds.")
        if results.timed_out:
            yield _("The search took too long and was given up. Add a word or a filter, or try again in a minute.")
        if results.shortened:
            yield _("The query is long: only its beginning was searched for.")
        if results.unknown_filters:
            yield _("Some filters in the address are unknown here and were left out.")
        ranked_end = results.too_deep and results.pages * PAGE_SIZE >= MAX_RANKED
        if ranked_end:
            yield _("The first thousand results are shown. Add a word or a filter to narrow the search.")
        if self.is_beyond_the_end and not ranked_end:
            yield ngettext(
                "There is no such page: %(pages)s page was found in all.",
                "There is no such page: %(pages)s pages were found in all.",
                results.pages,
            ) % {"pages": results.pages}

    def promoted(self) -> list[Promoted]:
        """What editors put above the first page of results for these words."""
        search = self.search
        if not search.text or search.page > 1 or search.after or search.before:
            return []
        return promoted(search.text, self.request, corrected=self.results.corrected)

    def note(self, response: HttpResponse) -> None:
        """Let the editors know what was searched for. Regions that scripts swap are no questions: half-typed words."""
        if not getattr(self.request, "htmx", None):
            journal.count(response, search=self.search, results=self.results)

    def context(self) -> dict:
        shown = cards_of(self.results.hits, self.request)
        return {
            "browsing": self,
            "results": self.results,
            "cards": [card for hit, card in shown if not hit.by_meaning],
            "near": [card for hit, card in shown if hit.by_meaning],
            "query": self.search.text,
            "search": self.search,
            "kind": self.kind or "",
            "sort": self.search.sort,
            "understood": self.understood() if self.search.text else {},
            "facets": list(self.facets()),
            "chips": list(self.chips()),
            "sort_options": list(self.sort_options()),
            "pager": self.pager(),
            "notices": list(self.notices()),
            "promoted": self.promoted(),
        }


def own_facets(kind: str | None) -> dict[str, Facet]:
    """What objects of this kind are narrowed down by."""
    return {name: facet for name, facet in facets([kind]).items() if name != IN} if kind else {}


def address_of(path: str, parameters: Mapping[str, str | list[str] | None]) -> str:
    """The path with these parameters; empty ones are left out."""
    query = urlencode({name: value for name, value in parameters.items() if value}, doseq=True)
    return f"{path}?{query}" if query else path


def page_number(text: str) -> int:
    """A page number from an address; what is none is the first page."""
    return int(text) if text.isdecimal() and len(text) <= 6 and int(text) else 1  # noqa: PLR2004


def chosen_first(values: list) -> list:
    return sorted(values, key=lambda value: not value.selected)
