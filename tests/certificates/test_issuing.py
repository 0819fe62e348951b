"""A deed is attested once, and what the paper says never changes."""

from datetime import date

import pytest
from django.conf import settings
from django.db import IntegrityError, transaction

from accounts.signals import person_leaving
from certificates import kinds, services
from certificates.models import Certificate, CertificateChange
from core.models import Subject
from tests.factories.accounts import UserFactory
from tests.factories.papers import certificate

pytestmark = pytest.mark.django_db


def test_a_paper_holds_what_was_true_on_the_day():
    person = UserFactory(last_name="Берёзкина", first_name="Ирина", patronymic="Львовна", position="учитель химии")
    paper = certificate(person, position=None, school="Школа № 9", title="Опыты", url="/bank/o/", on=date(2026, 3, 1))
    person.last_name, person.position = "Дубова", "директор"
    person.save()
    paper.refresh_from_db()
    assert (paper.holder_name, paper.position, paper.school) == (
        "Берёзкина Ирина Львовна",
        "учитель химии",
        "Школа № 9",
    )
    assert (paper.title, paper.issued_on) == ("Опыты", date(2026, 3, 1))
    assert paper.url == f"{settings.BASE_URL}/bank/o/"
    assert list(Certificate.objects.of(person)) == [paper]


def test_the_same_deed_is_attested_once():
    person, deed = UserFactory(), Subject.objects.create(name="Химия")
    first = certificate(person, obj=deed, title="Опыты")
    assert certificate(person, obj=deed, title="Опыты, издание второе") == first
    assert certificate(UserFactory(), obj=deed) != first
    assert Certificate.objects.count() == 2


def test_a_revoked_paper_is_not_given_anew():
    person, deed = UserFactory(), Subject.objects.create(name="Химия")
    paper = certificate(person, obj=deed)
    services.revoke(certificate=paper, by=UserFactory(), reason="Списано")
    again = certificate(person, obj=deed)
    assert (again, again.is_revoked) == (paper, True)


def test_an_unknown_kind_is_refused():
    with pytest.raises(kinds.UnknownKind):
        certificate(kind="knighthood")


def test_a_title_of_five_hundred_signs_is_kept_whole():
    assert len(certificate(title="Ж" * 500).title) == 500


@pytest.mark.parametrize("change", [{"title": "Другое"}, {"holder_name": "Другой"}, {"code": "2222-2222-2222"}])
def test_the_database_refuses_to_rewrite_a_paper(change):
    paper = certificate()
    with pytest.raises(IntegrityError, match="never rewritten"), transaction.atomic():
        Certificate.objects.filter(pk=paper.pk).update(**change)


def test_the_database_refuses_to_give_a_paper_to_somebody_else():
    paper, stranger = certificate(), UserFactory()
    with pytest.raises(IntegrityError, match="never rewritten"), transaction.atomic():
        Certificate.objects.filter(pk=paper.pk).update(holder=stranger)


def test_the_database_refuses_to_delete_a_paper():
    paper = certificate()
    with pytest.raises(IntegrityError, match="never rewritten"), transaction.atomic():
        paper.delete()


def test_the_database_refuses_to_change_the_log():
    services.revoke(certificate=certificate(), by=UserFactory(), reason="Списано")
    with pytest.raises(IntegrityError, match="only added to"), transaction.atomic():
        CertificateChange.objects.update(reason="Так вышло")
    with pytest.raises(IntegrityError, match="only added to"), transaction.atomic():
        CertificateChange.objects.all().delete()


def test_a_deed_that_is_deleted_leaves_its_paper():
    deed = Subject.objects.create(name="Химия")
    paper = certificate(obj=deed)
    deed.delete()
    paper.refresh_from_db()
    assert paper.obj is None


def test_a_person_who_is_erased_takes_the_name_along():
    paper = certificate()
    paper.holder.delete()
    paper.refresh_from_db()
    assert (paper.holder, paper.holder_name, paper.position, paper.school) == (None, "", "", "")
    assert paper.shows_name is False


def test_a_person_who_leaves_the_name_on_the_works_leaves_it_on_papers():
    person = UserFactory(last_name="Берёзкина", first_name="Ирина", patronymic="Львовна")
    paper = certificate(person)
    person_leaving.send(type(person), user=person, keep_name=True)
    person.delete()
    paper.refresh_from_db()
    assert (paper.holder, paper.holder_name, paper.shows_name) == (None, "Берёзкина Ирина Львовна", True)


def test_who_revoked_may_be_erased_and_the_log_stays():
    coordinator = UserFactory()
    paper = services.revoke(certificate=certificate(), by=coordinator, reason="Списано")
    coordinator.delete()
    paper.refresh_from_db()
    assert (paper.revoked_by, paper.revocation_reason) == (None, "Списано")
    assert list(paper.changes.values_list("action", "by", "reason")) == [("revoked", None, "Списано")]
