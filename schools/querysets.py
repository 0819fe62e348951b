from itertools import groupby

from django.db.models import Count, Q
from wagtail.models import PageManager, PageQuerySet


class SchoolQuerySet(PageQuerySet):
    """Schools, by the questions that pages ask."""

    def by_district(self) -> list[dict]:
        """The directory: `[{district, schools}]`, each school with `practices_count`."""
        published = Count("practices", filter=Q(practices__live=True))
        schools = self.annotate(practices_count=published).order_by("district", "number", "title")
        return [
            {"district": district, "schools": list(group)}
            for district, group in groupby(schools, key=lambda school: school.district)
        ]


SchoolManager = PageManager.from_queryset(SchoolQuerySet)
