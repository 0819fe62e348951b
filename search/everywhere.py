"""The search of the whole portal: everything at once, or one kind of objects with its facets."""

from collections.abc import Iterable
from functools import cached_property
from typing import Self

from django.http import HttpRequest
from django.utils.translation import gettext as _

from core.templatetags.house import number
from search.browsing import Browsing, address_of
from search.finding import find
from search.registry import IN, sources
from search.results import Results


class Everywhere(Browsing):
    """The page at `search:results`; «in» in its address names the one kind that is asked for."""

    @classmethod
    def asked_by(cls, request: HttpRequest) -> Self:
        kind = request.GET.get("in", "")
        if kind not in {source.kind for source in sources()}:
            kind = None
        return cls.read(request, kind=kind, kinds=None, within={IN: [kind]} if kind else {})

    @property
    def is_blank(self) -> bool:
        """Nothing is asked yet: the page tells how one may ask."""
        return not self.search.text and not self.kind

    @cached_property
    def results(self) -> Results:
        return Results() if self.is_blank else find(self.search)

    def parameters(self) -> dict:
        return super().parameters() | {"in": self.kind}

    def scopes(self) -> Iterable[dict]:
        """«Everywhere» and each kind: `{label, count, url, current}`, the most found first.

        What narrows one kind means nothing to another: the filters do not go along, nor are counts under them told.
        """
        told = not self.facets_chosen
        counts = {line.value: line.count for line in self.results.facets.get(IN, [])} if told else {}
        kept = {"q": self.search.text, "literal": "1" if self.search.literal else ""}
        path = self.request.path
        ordered = sorted(sources(), key=lambda source: (-counts.get(source.kind, 0), str(source.title)))
        yield {"label": _("Everywhere"), "count": "", "url": address_of(path, kept), "current": not self.kind}
        for source in ordered:
            yield {
                "label": source.title,
                "count": number(counts.get(source.kind, 0)) if counts else "",
                "url": address_of(path, kept | {"in": source.kind}),
                "current": source.kind == self.kind,
            }

    @property
    def facets_chosen(self) -> bool:
        return bool(self.search.filters.keys() - {IN})

    def context(self) -> dict:
        return super().context() | {"scopes": list(self.scopes()), "is_blank": self.is_blank}
