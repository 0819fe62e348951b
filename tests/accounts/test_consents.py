from datetime import timedelta

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from accounts.models import Consent, ConsentText
from accounts.services.consents import TextNotInForce, give_consent, has_consent, person_mark
from accounts.signals import consent_given, consent_withdrawn
from tests.factories.accounts import UserFactory

pytestmark = pytest.mark.django_db
PAGE = "/accounts/consents/"
PROCESSING, DISTRIBUTION = ConsentText.Kind.PROCESSING, ConsentText.Kind.DISTRIBUTION


@pytest.fixture
def at_home(client, person):
    client.force_login(person)
    return client


@pytest.fixture
def text():
    return ConsentText.objects.in_force(PROCESSING)


def states(person):
    return {kind.value: has_consent(person, kind) for kind in (PROCESSING, DISTRIBUTION)}


def give(client, text):
    return client.post(PAGE, {"give": text.pk}, headers={"x-forwarded-for": "6.6.6.6"}, REMOTE_ADDR="10.0.0.7")


def withdraw(client, kind):
    return client.post(PAGE, {"withdraw": kind})


def test_each_consent_is_given_and_withdrawn_apart(at_home, person, text):
    assert states(person) == {"processing": False, "distribution": False}
    give(at_home, text)
    assert states(person) == {"processing": True, "distribution": False}
    give(at_home, ConsentText.objects.in_force(DISTRIBUTION))
    withdraw(at_home, "distribution")
    assert states(person) == {"processing": True, "distribution": False}
    assert list(Consent.objects.order_by("pk").values_list("text__kind", "action")) == [
        ("processing", "given"),
        ("distribution", "given"),
        ("distribution", "withdrawn"),
    ]
    assert at_home.get(PAGE).status_code == 200


def test_withdrawing_the_consent_to_processing_leads_to_the_deletion_of_the_account(at_home, person, text):
    give(at_home, text)
    assert withdraw(at_home, "processing").headers["Location"] == "/accounts/delete/"
    assert states(person)["processing"] is True


def test_the_name_stands_while_the_consent_to_distribution_does(at_home, person):
    names = []
    for act in (
        lambda: give(at_home, ConsentText.objects.in_force(DISTRIBUTION)),
        lambda: withdraw(at_home, "distribution"),
    ):
        act()
        person.refresh_from_db()
        names.append((person.name_withdrawn, person.public_name))
    assert names == [(False, str(person)), (True, "Имя автора снято")]
    give(at_home, ConsentText.objects.in_force(DISTRIBUTION))
    person.refresh_from_db()
    assert person.name_withdrawn is False


def test_modules_above_hear_of_both_in_the_same_transaction(at_home, person):
    heard = []

    def hear(sender, user, kind, signal, **kwargs):
        heard.append((signal is consent_given, user.pk, kind, connection.in_atomic_block, user.name_withdrawn))

    consent_given.connect(hear)
    consent_withdrawn.connect(hear)
    try:
        give(at_home, ConsentText.objects.in_force(DISTRIBUTION))
        withdraw(at_home, "distribution")
    finally:
        consent_given.disconnect(hear)
        consent_withdrawn.disconnect(hear)
    assert heard == [
        (True, person.pk, "distribution", True, False),
        (False, person.pk, "distribution", True, True),
    ]


def test_what_the_withdrawal_means_for_works_and_certificates_is_said_before_it(at_home):
    give(at_home, ConsentText.objects.in_force(DISTRIBUTION))
    page = at_home.get(PAGE).content.decode()
    before_the_button = page[: page.index('name="withdraw"')]
    assert "без вашего имени" in before_the_button
    assert "свидетельств" in before_the_button


def test_a_line_of_the_log_holds_the_hash_of_the_words_and_the_address_that_no_header_can_forge(at_home, person, text):
    give(at_home, text)
    line = Consent.objects.get()
    assert (line.user, line.text, line.text_sha256, line.ip) == (person, text, text.sha256, "10.0.0.7")
    assert line.recorded_at - timezone.now() < timedelta(seconds=5)


def test_a_double_click_writes_one_line(at_home, text):
    assert [give(at_home, text).status_code, give(at_home, text).status_code] == [302, 302]
    assert Consent.objects.count() == 1


def test_what_was_not_given_cannot_be_withdrawn(at_home):
    for kind in ["processing", "distribution", "everything", "\0", ""]:
        assert withdraw(at_home, kind).status_code == 302
    assert Consent.objects.count() == 0


@pytest.mark.parametrize("forged", ["0", "999999", "-1", "x", "1" * 50, "٣", ""])
def test_a_consent_to_a_text_that_is_not_there_is_404(at_home, forged):
    assert at_home.post(PAGE, {"give": forged}).status_code == 404


def test_a_consent_to_a_draft_or_an_old_version_is_not_taken(at_home, person, text, rf):
    draft = ConsentText.objects.create(kind=PROCESSING, text="Проект")
    give(at_home, draft)
    newer = ConsentText.objects.create(kind=PROCESSING, text="Новые слова", published_at=timezone.now())
    give(at_home, text)
    assert Consent.objects.count() == 0
    with pytest.raises(TextNotInForce):
        give_consent(user=person, text=text, request=rf.get("/"))
    give(at_home, newer)
    assert (newer.version, Consent.objects.get().text) == (3, newer)


def test_an_old_consent_holds_under_a_new_text_until_the_person_decides(at_home, person, text):
    give(at_home, text)
    newer = ConsentText.objects.create(kind=PROCESSING, text="Новые слова", published_at=timezone.now())
    assert states(person)["processing"] is True
    assert at_home.get(PAGE).context["consents"][0]["newer"] == newer
    give(at_home, newer)
    assert at_home.get(PAGE).context["consents"][0]["newer"] is None


def refused(statement):
    with pytest.raises(DatabaseError), transaction.atomic():
        statement()


def test_the_database_refuses_to_change_or_remove_a_line(at_home, text):
    give(at_home, text)
    lines = Consent.objects.all()
    refused(lambda: lines.update(text_sha256="0" * 64))
    refused(lambda: lines.update(ip=None))
    refused(lambda: lines.update(user=None, action="withdrawn"))
    refused(lines.delete)


def test_an_erased_person_leaves_lines_without_name_and_address_which_their_own_mail_still_finds(at_home, person, text):
    give(at_home, text)
    person.delete()
    line = Consent.objects.get(person_mark=person_mark("Irina@School.example"))
    assert (line.user, line.ip, line.text_sha256) == (None, None, text.sha256)
    refused(lambda: Consent.objects.update(user=UserFactory()))


def test_the_database_refuses_to_change_a_text_in_force_and_lets_a_draft_be_mended(text):
    refused(lambda: ConsentText.objects.filter(pk=text.pk).update(text="Другое"))
    refused(lambda: ConsentText.objects.filter(pk=text.pk).delete())
    draft = ConsentText.objects.create(kind=PROCESSING, text="Проект", published_at=timezone.now() + timedelta(days=1))
    draft.text = "Исправленный проект"
    draft.save()
    draft.delete()
    assert ConsentText.objects.in_force(PROCESSING) == text


def test_consents_are_ones_own_business(client):
    assert client.get(PAGE).headers["Location"] == "/accounts/login/?next=/accounts/consents/"
    assert client.post(PAGE, {"give": 1}).status_code == 302
    assert Consent.objects.count() == 0


def test_a_consent_takes_a_token(person, text):
    from django.test import Client  # noqa: PLC0415

    strict = Client(enforce_csrf_checks=True)
    strict.force_login(person)
    assert give(strict, text).status_code == 403
