"""The journal is kept for `WAGTAILSEARCH_HITS_MAX_AGE` days."""

from datetime import timedelta

from django.conf import settings
from django.utils import timezone
from wagtail.contrib.search_promotions.models import Query, QueryDailyHits

from search.models import QueryMiss


def forget() -> None:
    """Forget days of long ago, and queries of which neither a day nor a promoted page is left."""
    first_kept = timezone.localdate() - timedelta(days=settings.WAGTAILSEARCH_HITS_MAX_AGE)
    QueryMiss.objects.filter(date__lt=first_kept).delete()
    QueryDailyHits.objects.filter(date__lt=first_kept).delete()
    Query.garbage_collect()
