"""Memberships for tests: `member(school=…)` is somebody confirmed, `request(…)` somebody who waits."""

from datetime import timedelta

from django.utils import timezone

from schools.models import Membership, SchoolInvitation, SchoolPage
from tests.factories import pages
from tests.factories.accounts import UserFactory


def request(*, school: SchoolPage | None = None, user=None, **fields) -> Membership:
    values = {"position": "учитель", **fields}
    return Membership.objects.create(user=user or UserFactory(), school=school or pages.school_page(), **values)


def member(*, school: SchoolPage | None = None, user=None, **fields) -> Membership:
    user = user or UserFactory(roles=["teacher"])
    return request(school=school, user=user, **{"confirmed_at": timezone.now(), **fields})


def representative(*, school: SchoolPage | None = None, user=None, **fields) -> Membership:
    return member(school=school, user=user, is_representative=True, **fields)


def invitation(*, by, school: SchoolPage | None = None, days: int = 7, **fields) -> SchoolInvitation:
    until = timezone.now() + timedelta(days=days)
    return SchoolInvitation.objects.create(
        school=school or pages.school_page(), created_by=by, **{"expires_at": until, **fields}
    )
