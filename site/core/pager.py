"""Numbered pages of a list, as `components/pagination.html` draws them."""

from django.core.paginator import Page
from django.http import QueryDict

AROUND = 2


def pager_of(page: Page, query: QueryDict) -> dict:
    """Addresses of the other pages; what else the address asks for stays."""

    def address(number: int) -> str:
        changed = query.copy()
        changed["page"] = str(number)
        return f"?{changed.urlencode()}"

    numbers = page.paginator.get_elided_page_range(page.number, on_each_side=AROUND, on_ends=1)
    return {
        "previous_url": address(page.previous_page_number()) if page.has_previous() else "",
        "next_url": address(page.next_page_number()) if page.has_next() else "",
        "pages": [
            {"number": number, "url": address(number), "current": number == page.number}
            for number in numbers
            if isinstance(number, int)
        ],
    }
