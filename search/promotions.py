"""Pages that editors promote for a query (`wagtail.contrib.search_promotions`), as this reader may see them."""

from dataclasses import dataclass
from urllib.parse import urlsplit

from django.http import HttpRequest
from wagtail.contrib.search_promotions.models import Query, SearchPromotion

from core.page_cache import remembered
from search.analysis import WORD, clean, fold
from search.pages import Restrictions
from search.query.parse import MAX_LETTERS
from search.viewers import tokens_of


@dataclass(frozen=True)
class Promoted:
    """One line above the results."""

    title: str
    url: str
    description: str
    #: The host of another site; empty for a page of this portal.
    host: str = ""


def promoted(text: str, request: HttpRequest, corrected: str = "") -> list[Promoted]:
    """What editors promote for this query or for what it was corrected to: in their order, each page once.

    A query is the same in any case, with ё or е, whatever stands between its words.
    """
    book = remembered("promoted queries", _book)
    queries = [pk for one in dict.fromkeys([key(text), key(corrected)]) if one for pk in book.get(one, ())]
    if not queries:
        return []
    chosen = SearchPromotion.objects.filter(query__in=queries).select_related("page").order_by("sort_order", "pk")
    restrictions, tokens = Restrictions.load(), set(tokens_of(request))
    found: dict[str, Promoted] = {}
    for promotion in chosen:
        one = _page(promotion, request, restrictions, tokens) if promotion.page_id else _external(promotion)
        if one:
            found.setdefault(one.url, one)
    return list(found.values())


def key(text: str) -> str:
    return " ".join(fold(word) for word in WORD.findall(clean(text[:MAX_LETTERS])))


def _book() -> dict[str, list[int]]:
    """Key of a query -> ids of those with promotions."""
    book: dict[str, list[int]] = {}
    for pk, text in Query.objects.filter(editors_picks__isnull=False).distinct().values_list("pk", "query_string"):
        book.setdefault(key(text), []).append(pk)
    return book


def _page(
    promotion: SearchPromotion, request: HttpRequest, restrictions: Restrictions, tokens: set[str]
) -> Promoted | None:
    """None for what this reader may not open, or has no address."""
    page = promotion.page
    access, url = restrictions.access_of(page), page.get_url(request)
    if not page.live or not url or access is None or not set(access) <= tokens:
        return None
    return Promoted(page.title, url, promotion.description)


def _external(promotion: SearchPromotion) -> Promoted | None:
    parts = urlsplit(promotion.external_link_url)
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        return None
    return Promoted(
        promotion.external_link_text or parts.hostname,
        promotion.external_link_url,
        promotion.description,
        host=parts.hostname,
    )
