"""What people do with the searches they keep."""

import json
from collections.abc import Mapping, Sequence

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from notifications.models import Notification
from search import registry
from search.analysis import clean
from search.models import SavedSearch
from search.query.parse import MAX_LETTERS

#: Searches that one person keeps; each is asked anew every morning.
MOST = 50
#: Bytes of filters as JSON: with the text they stand in one index row, which PostgreSQL ends at 2,700 bytes.
MOST_FILTERS = 1_200


class NothingAsked(Exception):  # noqa: N818 - named by what happened
    """Neither words nor filters: that is no search."""


class TooManyFilters(Exception):  # noqa: N818
    """More is chosen than can be kept."""


class TooManySearches(Exception):  # noqa: N818
    """The person keeps `MOST` searches already."""


def asked(*, text: str, kind: str, filters: Mapping[str, Sequence[str]]) -> SavedSearch:
    """A search as it would be kept, one and the same however it was put; nobody's yet and not saved.

    `kind` is empty for all of the portal. What no facet is called is left out.

    Raises:
        NothingAsked: nothing is left to search for.
        TooManyFilters: more is chosen than can be kept.
    """
    text = " ".join(clean(text[:MAX_LETTERS]).split())
    kind = kind if kind in {source.kind for source in registry.sources()} else ""
    known = registry.facets([kind] if kind else None)
    chosen = {
        name: sorted({clean(value) for value in filters[name]} - {""}) for name in sorted(filters) if name in known
    }
    chosen = {name: values for name, values in chosen.items() if values}
    if not text and not chosen:
        raise NothingAsked
    if len(json.dumps(chosen, ensure_ascii=False).encode()) > MOST_FILTERS:
        raise TooManyFilters
    return SavedSearch(text=text, kind=kind, filters=chosen)


@transaction.atomic
def save(
    *, person: User, text: str, kind: str, filters: Mapping[str, Sequence[str]], alert: bool = True
) -> SavedSearch:
    """Keep a search; one that is kept already stays one, and only `alert` follows the last wish.

    Raises:
        NothingAsked, TooManyFilters: as `asked`.
        TooManySearches: the person keeps `MOST` of them.
    """
    wanted = asked(text=text, kind=kind, filters=filters)
    # Two presses at once come one after the other, and the limit is counted by one at a time.
    User.objects.select_for_update(no_key=True).get(pk=person.pk)
    kept = SavedSearch.objects.filter(person=person, text=wanted.text, kind=wanted.kind, filters=wanted.filters).first()
    if kept:
        set_alert(search=kept, alert=alert)
        return kept
    if SavedSearch.objects.filter(person=person).count() >= MOST:
        raise TooManySearches
    wanted.person, wanted.alert, wanted.checked_at = person, alert, timezone.now()
    wanted.save()
    return wanted


def set_alert(*, search: SavedSearch, alert: bool) -> None:
    """Tell the person of what is new from now on, or no more."""
    search.alert = alert
    search.save(update_fields=["alert"])


def look_at(search: SavedSearch) -> None:
    """The person looks at the results: nothing of them is news any more."""
    if search.news:
        search.news = 0
        search.save(update_fields=["news"])


@transaction.atomic
def forget(search: SavedSearch) -> None:
    """Drop a search, and with it what was told of its results: that would lead nowhere."""
    Notification.objects.of(search.person).filter(key__startswith=news_key(search)).delete()
    search.delete()


def news_key(search: SavedSearch) -> str:
    """How the keys of notifications of this search begin."""
    return f"saved-search-{search.pk}-"
