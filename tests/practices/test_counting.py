"""Counts are written once each, also when the database refuses in between."""

from collections import Counter

import pytest

from practices.counting import Tally
from practices.models import PracticePage, PracticeStatistics
from tests.factories import pages

pytestmark = pytest.mark.django_db
#: More than the column holds: PostgreSQL refuses the statement.
TOO_MANY = 2**40


def test_what_the_database_refused_is_counted_once_at_the_next_time(settings):
    settings.COUNTING_INTERVAL = 10**9
    first, second = pages.practice(), pages.practice()
    tally = Tally()
    tally.add(first.pk, "readings")
    tally.counts[second.pk] = Counter(readings=TOO_MANY)
    tally.write()
    assert list(PracticeStatistics.objects.all()) == []

    del tally.counts[second.pk]
    tally.add(first.pk, "readings")
    tally.write()
    assert PracticePage.objects.get(pk=first.pk).statistics.readings == 2
    assert tally.counts == {}
