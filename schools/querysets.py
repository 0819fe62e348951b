from itertools import groupby

from django.db.models import Count, Q
from wagtail.models import PageManager, PageQuerySet, PageViewRestriction


class SchoolQuerySet(PageQuerySet):
    """Schools, by the questions that pages ask."""

    def by_district(self) -> list[dict]:
        """The directory: `[{district, schools}]`, each school with `practices_count`, those open to everybody."""
        public = Q(practices__live=True)
        for path in PageViewRestriction.objects.values_list("page__path", flat=True):
            public &= ~Q(practices__path__startswith=path)
        counted = self.annotate(practices_count=Count("practices", filter=public))
        schools = counted.order_by("district", "number", "title")
        return [
            {"district": district, "schools": list(group)}
            for district, group in groupby(schools, key=lambda school: school.district)
        ]


SchoolManager = PageManager.from_queryset(SchoolQuerySet)
