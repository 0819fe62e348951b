from itertools import groupby

from django.db import models
from django.db.models import Count, Q
from django.utils import timezone
from wagtail.models import PageManager, PageQuerySet, PageViewRestriction

from accounts.permissions import is_coordinator


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

    def within_reach(self, user) -> "SchoolQuerySet":
        """Schools whose staff this person looks after: all for the coordinator, one's own for a representative."""
        if is_coordinator(user):
            return self
        return self.filter(memberships__user=user, memberships__is_representative=True)


class MembershipQuerySet(models.QuerySet):
    """Memberships, by how far they have come."""

    def confirmed(self) -> "MembershipQuerySet":
        return self.filter(confirmed_at__isnull=False)

    def waiting(self) -> "MembershipQuerySet":
        return self.filter(confirmed_at=None, declined_at=None, ended_at=None)

    def represented_by(self, user) -> "MembershipQuerySet":
        """The memberships that make this person a representative."""
        return self.filter(user=user, is_representative=True)

    def within_reach(self, user) -> "MembershipQuerySet":
        """Those that this person may confirm and decline."""
        if is_coordinator(user):
            return self
        own = self.model.objects.represented_by(user)
        return self.filter(school__in=own.values("school"))


class InvitationQuerySet(models.QuerySet):
    def open(self) -> "InvitationQuerySet":
        return self.filter(revoked_at=None, expires_at__gt=timezone.now())


SchoolManager = PageManager.from_queryset(SchoolQuerySet)
