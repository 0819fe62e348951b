"""The search of the whole portal, and what it offers while one types."""

from collections.abc import Iterable

from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from search.browsing import address_of
from search.everywhere import Everywhere
from search.limits import may_ask
from search.registry import IN, sources
from search.suggesting import Suggestions, suggest
from search.viewers import tokens_of

TOO_MANY = 429


@require_safe
def results(request: HttpRequest) -> HttpResponse:
    """The page of results, or the region that htmx swaps of it; 404 keeps an impossible page out of indexes."""
    browsing = Everywhere.asked_by(request)
    swapped = request.htmx and request.htmx.target == browsing.region
    response = TemplateResponse(
        request,
        "search/_results.html" if swapped else "search/results.html",
        browsing.context(),
        status=404 if browsing.is_beyond_the_end else 200,
    )
    response["X-Robots-Tag"] = "noindex"
    response.is_same_for_all = True
    if not browsing.is_blank:
        browsing.note(response)
    return response


@require_safe
def suggestions(request: HttpRequest) -> HttpResponse:
    """Lines for the list under the field (`static/js/search.js`); 429 without words for who asks too often."""
    if not may_ask(request):
        return HttpResponse(status=TOO_MANY)
    kind = request.GET.get("in", "")
    kinds = [kind] if kind in {source.kind for source in sources()} else None
    found = suggest(request.GET.get("q", ""), tokens=tokens_of(request), kinds=kinds)
    response = TemplateResponse(
        request, "search/_suggestions.html", {"groups": list(groups(found)), "count": found.count}
    )
    response["X-Robots-Tag"] = "noindex"
    response.is_same_for_all = True
    return response


def groups(found: Suggestions) -> Iterable[dict]:
    """`{title, options: [{text, note, url}]}`: an option without an address is a query."""
    if found.completions:
        yield {"title": _("Queries"), "options": [{"text": text, "note": "", "url": ""} for text in found.completions]}
    if found.objects:
        options = [{"text": one.title, "note": one.kind_title, "url": one.url} for one in found.objects]
        yield {"title": _("Found by title"), "options": options}
    if found.names:
        page = reverse("search:results")
        options = [
            {
                "text": name.label,
                "note": name.facet_title,
                "url": address_of(page, {IN: name.kind, name.facet: name.value}),
            }
            for name in found.names
        ]
        yield {"title": _("Subjects and tags"), "options": options}
