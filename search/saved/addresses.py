"""Where a saved search leads."""

from urllib.parse import urlencode

from django.urls import reverse

from search.models import SavedSearch
from search.registry import IN


def results_of(search: SavedSearch) -> str:
    """The page of results, the newest first."""
    parameters = {"q": search.text, **search.filters}
    if search.kind:
        parameters[IN] = search.kind
    found = {name: value for name, value in parameters.items() if value}
    return f"{reverse('search:results')}?{urlencode(found | {'sort': 'newest'}, doseq=True)}"


def open_address(search: SavedSearch) -> str:
    """A short one for its owner, which marks the results as seen and leads to them."""
    return reverse("saved:open", args=[search.pk])
