"""Anybody with a mailbox may write; experts' time is asked for by those whom somebody has confirmed."""

import pytest
from django.utils import timezone

from practices.models import Round
from schools.models import Membership
from tests.factories import pages, review
from tests.factories.accounts import UserFactory

pytestmark = pytest.mark.django_db
DECLARED = {"do": "submit", "rights": "on", "consent": "on"}


def submit(client, practice, author):
    client.force_login(author)
    page = client.get(f"/practices/{practice.pk}/submit/")
    consent = page.context["consent_text"].pk
    return client.post(f"/practices/{practice.pk}/submit/", {**DECLARED, "consent_text": consent}).status_code


def test_a_stranger_writes_and_submits_only_once_a_school_is_confirmed(client):
    stranger = UserFactory()
    practice = review.written(stranger)
    Membership.objects.create(user=stranger, school=pages.school_page())
    assert (submit(client, practice, stranger), Round.objects.count()) == (422, 0)
    Membership.objects.update(confirmed_at=timezone.now())
    assert (submit(client, practice, stranger), Round.objects.count()) == (302, 1)


@pytest.mark.parametrize("role", ["teacher", "expert", "coordinator"])
def test_one_who_holds_a_role_submits(client, role):
    author = UserFactory(roles=[role])
    practice = review.written(author)
    assert (submit(client, practice, author), Round.objects.count()) == (302, 1)
