"""What is new in the searches that people keep, found with the rights each of them has at that moment.

Every search is asked anew and remembers until when it was (`checked_at`): cut off at any point and run again, the
task goes on where it was, and nobody is told twice.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta

import structlog
from django.db import transaction
from django.db.models import F
from django.utils.translation import ngettext, override

from accounts.models import User
from core import page_cache
from core.models import SiteGeneration
from notifications.composing import LANGUAGE
from notifications.services import notify
from search.finding import find
from search.models import SavedSearch
from search.query import SearchRequest
from search.saved import kinds
from search.saved.addresses import open_address
from search.saved.describing import describe
from search.saved.services import news_key
from search.viewers import tokens_of

log = structlog.get_logger(__name__)

#: An object bears the time at which its publication began; a long one is committed later.
LAG = timedelta(minutes=10)
#: Told as «50+» from here on.
MOST = 50
PEOPLE_AT_ONCE = 200


def look_for_news(moment: datetime) -> int:
    """Ask every search that was not asked since `moment`; the number of those with something new.

    What fails is logged and asked again the next time; the others go on.
    """
    until = moment - LAG
    found = 0
    for person in people_to_tell(until):
        with as_a_page_is_read():
            found += look_for(person, until)
    return found


@contextmanager
def as_a_page_is_read() -> Iterator[None]:
    """Names, synonyms and privacy settings are read once while nothing changes on the portal, not at each search."""
    generation = SiteGeneration.current()
    page_cache.memory.enter(generation)
    token = page_cache.reading.set(generation)
    try:
        yield
    finally:
        page_cache.reading.reset(token)


def people_to_tell(until: datetime) -> Iterator[User]:
    """Active people with searches to be asked, some at a time."""
    last = 0
    while True:
        due = SavedSearch.objects.filter(checked_at__lt=until, person_id__gt=last).order_by().values("person")
        people = list(User.objects.filter(is_active=True, pk__in=due).order_by("pk")[:PEOPLE_AT_ONCE])
        if not people:
            return
        yield from people
        last = people[-1].pk


def look_for(person: User, until: datetime) -> int:
    """Ask one person's searches; how many of them found something."""
    found = 0
    for search in SavedSearch.objects.filter(person=person, checked_at__lt=until):
        try:
            count = count_of_news(search, tokens_of(person), until)
            found += remember(search, person, count, until)
        except Exception:
            log.exception("saved_search_failed", search=search.pk)
    return found


def count_of_news(search: SavedSearch, tokens: list[str], until: datetime) -> int:
    """How many results of the search itself are dated after the last look; at most `MOST`."""
    results = find(
        SearchRequest(
            text=search.text,
            filters=search.filters,
            kinds=[search.kind] if search.kind else None,
            sort="newest",
            size=MOST,
            tokens=tokens,
            with_facets=False,
        )
    )
    gone = any(set(search.filters[name]) <= set(values) for name, values in results.unknown_filters.items())
    if gone or results.corrected:
        # No object has the chosen filter, or the words as they are spelled: these are results of another question.
        return 0
    return sum(search.checked_at < hit.date <= until for hit in results.hits)


@transaction.atomic
def remember(search: SavedSearch, person: User, count: int, until: datetime) -> bool:
    """Move on to `until`, unless another worker has, and tell the person. True when there was something."""
    same = SavedSearch.objects.filter(pk=search.pk, checked_at=search.checked_at)
    if not same.update(checked_at=until, news=F("news") + count) or not count:
        return False
    if SavedSearch.objects.filter(pk=search.pk, alert=True).exists():
        with override(LANGUAGE):
            notify(
                recipients=[person],
                kind=kinds.NEWS,
                title=title_of(search, count),
                url=open_address(search),
                key=f"{news_key(search)}{until:%Y-%m-%dT%H:%M}",
            )
    return True


def title_of(search: SavedSearch, count: int) -> str:
    words = ngettext(
        "%(count)s new result of your search: %(name)s", "%(count)s new results of your search: %(name)s", count
    )
    shown = f"{MOST}+" if count == MOST else str(count)
    return words % {"count": shown, "name": describe([search])[0].name}
