"""The bank's page as an address: what was asked, what was found, and the addresses of all next steps."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property
from typing import Self
from urllib.parse import urlencode

from django.apps import apps
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from practices.cards import cards_of_hits
from practices.facets import FACETS
from practices.querysets import PracticeQuerySet
from search.engines import Results, engine
from search.engines.base import MAX_RANKED
from search.query import SearchRequest
from search.viewers import tokens_of

PAGE_SIZE = 20
#: Values of a facet shown before «show all».
VALUES_SHOWN = 8
#: A facet's values on the page at all: the rest is too rare to choose from a list.
MOST_VALUES = 40
#: Numbers of pages shown on each side of the present one.
PAGES_AROUND = 2
#: Facets whose values stand open from the beginning.
OPEN = {"kind", "subject", "grade"}


def sort_labels() -> dict[str, str]:
    return {"relevance": _("By relevance"), "newest": _("Newest first"), "downloads": _("Most used")}


@dataclass
class Browsing:
    """One reading of the bank's address. `within` are filters that the page itself sets (a tag's page)."""

    request: HttpRequest
    bank: object
    search: SearchRequest
    within: dict[str, list[str]] = field(default_factory=dict)

    @classmethod
    def asked_by(cls, request: HttpRequest, bank, within: dict[str, list[str]] | None = None) -> Self:
        asked, within = request.GET, within or {}
        text = asked.get("q", "").strip()
        default = "relevance" if text else "newest"
        sort = asked.get("sort", default)
        if sort not in sort_labels() or (sort == "relevance" and not text):
            sort = default
        filters = {facet.name: asked.getlist(facet.name) for facet in FACETS if asked.getlist(facet.name)}
        search = SearchRequest(
            text=text,
            filters={name: list(dict.fromkeys(values))[:50] for name, values in (filters | within).items()},
            kinds=["practice"],
            sort=sort,
            page=page_number(asked.get("page", "")),
            after=asked.get("after", ""),
            before=asked.get("before", ""),
            size=PAGE_SIZE,
            tokens=tokens_of(request),
        )
        return cls(request, bank, search, within)

    @cached_property
    def results(self) -> Results:
        return engine().search(self.search)

    @property
    def practices(self) -> PracticeQuerySet:
        return apps.get_model("practices", "PracticePage").objects

    @property
    def is_beyond_the_end(self) -> bool:
        """A page number after the last: as good as an address that does not exist."""
        return self.search.sort == "relevance" and self.search.page > 1 and not self.results.hits

    def address(self, **changes: str | list[str] | None) -> str:
        """This page's address with other parameters; a change of anything begins from the first page."""
        parameters = {"q": self.search.text, **self.search.filters}
        if "sort" in self.request.GET:
            parameters["sort"] = self.search.sort
        for name in self.within:
            del parameters[name]
        parameters |= changes
        query = urlencode({name: value for name, value in parameters.items() if value}, doseq=True)
        return f"{self.request.path}?{query}" if query else self.request.path

    def facets(self) -> Iterable[dict]:
        """The filters beside the results; a facet whose every value is empty is left out."""
        for facet in FACETS:
            values = self.results.facets.get(facet.name, [])
            if values and facet.name not in self.within:
                chosen = any(value.selected for value in values)
                ordered = chosen_first(values) if chosen else values
                yield {
                    "name": facet.name,
                    "title": facet.title,
                    "values": ordered[:VALUES_SHOWN],
                    "rest": ordered[VALUES_SHOWN:MOST_VALUES],
                    "all_url": f"{self.bank.get_url(self.request)}tags/" if facet.name == "tag" else "",
                    "open": chosen or facet.name in OPEN,
                }

    def chips(self) -> Iterable[dict]:
        """What narrows the list, each with the address of the list without it."""
        for facet in FACETS:
            if facet.name in self.within:
                continue
            values = {value.value: value.label for value in self.results.facets.get(facet.name, [])}
            chosen = self.search.filters.get(facet.name, [])
            for value in chosen:
                rest = [other for other in chosen if other != value]
                yield {
                    "label": values.get(value, value),
                    "facet": facet.title,
                    "remove_url": self.address(**{facet.name: rest}),
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
                    {"number": number, "url": self.address(page=str(number)), "current": number == page}
                    for number in range(1, results.pages + 1)
                    if number in {1, results.pages} or abs(number - page) <= PAGES_AROUND
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

    def context(self) -> dict:
        cards = cards_of_hits(self.results.hits, self.practices, self.request)
        return {
            "results": self.results,
            "cards": cards,
            "query": self.search.text,
            "sort": self.search.sort,
            "facets": list(self.facets()),
            "chips": list(self.chips()),
            "clear_url": self.request.path,
            "sort_options": list(self.sort_options()),
            "pager": self.pager(),
            "notices": list(self.notices()),
            "feed_url": (self.request.path if self.within else self.bank.get_url(self.request)) + "feed/",
        }


def page_number(text: str) -> int:
    """A page number from an address; what is none is the first page."""
    return int(text) if text.isdecimal() and len(text) <= 6 and int(text) else 1  # noqa: PLR2004


def chosen_first(values: list) -> list:
    return sorted(values, key=lambda value: not value.selected)
