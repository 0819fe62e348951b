"""Two at the same moment: one paper for one deed, one revocation."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection

from certificates import services
from certificates.models import Certificate, CertificateChange
from core.models import Subject
from tests.factories.accounts import UserFactory
from tests.factories.papers import certificate

pytestmark = pytest.mark.django_db(transaction=True)
HANDS = 4


def at_once(do) -> list:
    """What `do()` gives in several threads that begin together; a refusal is given as its type."""
    start = Barrier(HANDS)

    def run(_hand):
        start.wait()
        try:
            return do()
        except services.AlreadyRevoked as refusal:
            return type(refusal)
        finally:
            connection.close()

    with ThreadPoolExecutor(HANDS) as pool:
        return list(pool.map(run, range(HANDS)))


def test_a_deed_is_attested_once():
    person, deed = UserFactory(), Subject.objects.create(name="Химия")
    given = at_once(lambda: certificate(person, obj=deed))
    assert [paper.pk for paper in given] == [Certificate.objects.get().pk] * HANDS


def test_a_paper_is_revoked_once():
    paper, coordinator = certificate(), UserFactory()
    done = at_once(lambda: services.revoke(certificate=paper, by=coordinator, reason="Списано"))
    assert (done.count(paper), done.count(services.AlreadyRevoked)) == (1, HANDS - 1)
    assert CertificateChange.objects.count() == 1
