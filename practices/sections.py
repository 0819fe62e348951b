"""What the bank shows on pages of the floors below."""

from django.http import HttpRequest
from django.utils.translation import gettext as _

from core.sections import Section
from practices.cards import cards_of_hits
from practices.models import BankPage, PracticePage
from search.finding import find
from search.query import SearchRequest
from search.viewers import tokens_of

ON_A_SCHOOLS_PAGE = 20


def practices_of_school(page, request: HttpRequest) -> Section | None:
    """A school's newest practices, and the way to all of them in the bank."""
    asked = SearchRequest(
        kinds=["practice"],
        filters={"school": [page.slug]},
        sort="newest",
        size=ON_A_SCHOOLS_PAGE,
        tokens=tokens_of(request),
        with_facets=False,
    )
    results = find(asked)
    context = {
        "cards": cards_of_hits(results.hits, PracticePage.objects, request),
        "total": results.total,
        "all_url": f"{BankPage.address(request)}?school={page.slug}",
    }
    return Section(_("Practices of this school"), "practices/_of_school.html", context, anchor="practices")
