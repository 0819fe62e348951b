"""Deleting one's own account: what stays is said first, works stay, the person goes."""

import pytest
from django.db import DatabaseError, connection, transaction
from django.test import Client

from accounts.models import Consent, ConsentText, Erasure, RoleChange, User
from accounts.services.consents import give_consent, person_mark
from accounts.services.leaving import KeptBySuperusers, leave
from accounts.services.roles import give_role
from accounts.signals import consent_withdrawn, person_leaving
from tests.accounts.test_signing_in import show_that_it_is_you, sign_in, signed_in_as
from tests.factories.accounts import PASSWORD, SuperuserFactory, UserFactory

pytestmark = pytest.mark.django_db
DELETE = "/accounts/delete/"


@pytest.fixture
def heard():
    """What modules above hear of one who leaves: whether the account still stands, and about the name."""
    told = []

    def leaving(sender, user, keep_name, **kwargs):
        told.append(("leaving", User.objects.filter(pk=user.pk).exists(), keep_name, connection.in_atomic_block))

    def withdrawn(sender, user, kind, **kwargs):
        told.append(("withdrawn", kind))

    person_leaving.connect(leaving)
    consent_withdrawn.connect(withdrawn)
    yield told
    person_leaving.disconnect(leaving)
    consent_withdrawn.disconnect(withdrawn)


@pytest.fixture
def request_of(rf):
    return rf.post(DELETE)


def agree(person, request, *kinds):
    for kind in kinds or ConsentText.Kind.values:
        give_consent(user=person, text=ConsentText.objects.in_force(kind), request=request)


@pytest.fixture
def agreed(person, request_of):
    agree(person, request_of)
    return person


@pytest.fixture
def at_home(client, person):
    sign_in(client)
    show_that_it_is_you(client)
    return client


@pytest.mark.parametrize(
    ("choice", "kept", "withdrawn"), [("keep", True, ["processing"]), ("remove", False, ["processing", "distribution"])]
)
def test_the_account_goes_and_the_name_stays_or_goes_as_its_owner_says(  # noqa: PLR0917
    at_home, agreed, heard, choice, kept, withdrawn
):
    response = at_home.post(DELETE, {"name": choice, "sure": "on"})
    assert response.headers["Location"] == "/accounts/deleted/"
    assert (User.objects.count(), signed_in_as(at_home)) == (0, None)
    assert heard == [*(("withdrawn", kind) for kind in withdrawn), ("leaving", True, kept, True)]
    assert at_home.get("/accounts/deleted/").status_code == 200
    line = Erasure.objects.get()
    assert (line.person_mark, line.kept_name) == (person_mark(agreed.email), kept)


def test_the_log_of_consents_stays_without_the_person(at_home, person, request_of):
    agree(person, request_of)
    at_home.post(DELETE, {"name": "remove", "sure": "on"})
    lines = Consent.objects.order_by("pk").values_list("user", "person_mark", "text__kind", "action", "ip")
    mark = person_mark("irina@school.example")
    assert list(lines) == [
        (None, mark, "processing", "given", None),
        (None, mark, "distribution", "given", None),
        (None, mark, "processing", "withdrawn", None),
        (None, mark, "distribution", "withdrawn", None),
    ]


def test_without_a_consent_to_publish_there_is_nothing_to_choose_and_the_name_goes(at_home, person, heard, request_of):
    agree(person, request_of, "processing")
    assert list(at_home.get(DELETE).context["form"].fields) == ["sure"]
    at_home.post(DELETE, {"name": "keep", "sure": "on"})
    assert heard[-1] == ("leaving", True, False, True)


def test_what_goes_and_what_stays_is_said_before(at_home, person, request_of):
    agree(person, request_of)
    page = at_home.get(DELETE).content.decode()
    before_the_form = page[: page.index('name="sure"')]
    assert all(word in before_the_form for word in ["практики", "Черновики", "Свидетельства", "Рецензии"])


def test_a_session_left_open_does_not_suffice(client, person):
    client.force_login(person)
    response = client.post(DELETE, {"sure": "on"})
    assert response.headers["Location"].startswith("/accounts/reauthenticate/")
    assert User.objects.count() == 1
    client.post(response.headers["Location"], {"password": "not that one"})
    assert User.objects.count() == 1
    client.post("/accounts/reauthenticate/", {"password": PASSWORD})
    client.post(DELETE, {"sure": "on"})
    assert User.objects.count() == 0


@pytest.mark.parametrize("form", [{}, {"sure": ""}, {"sure": "on"}, {"sure": "on", "name": "everything"}])
def test_nothing_happens_until_both_questions_are_answered(at_home, person, request_of, form):
    agree(person, request_of)
    assert at_home.post(DELETE, form).status_code == 200
    assert User.objects.count() == 1


def test_a_superuser_is_told_that_somebody_else_must_do_it(client, request_of):
    root = SuperuserFactory(email="irina@school.example")
    sign_in(client)
    show_that_it_is_you(client)
    assert client.get(DELETE).status_code == 200
    client.post(DELETE, {"sure": "on"})
    assert User.objects.get() == root
    with pytest.raises(KeptBySuperusers):
        leave(user=root, keep_name=True, request=request_of)


def test_other_sessions_of_the_person_end_too_and_the_address_is_free_again(at_home, person):
    elsewhere = Client()
    elsewhere.force_login(person)
    at_home.post(DELETE, {"sure": "on"})
    assert elsewhere.get("/accounts/").status_code == 302
    assert sign_in(Client(), person.email).status_code == 200
    UserFactory(email=person.email)


def test_where_a_module_above_fails_nothing_is_half_done(person, request_of):
    agree(person, request_of)

    def fail(**kwargs):
        raise RuntimeError

    person_leaving.connect(fail)
    try:
        with pytest.raises(RuntimeError):
            leave(user=person, keep_name=False, request=request_of)
    finally:
        person_leaving.disconnect(fail)
    person.refresh_from_db()
    assert (person.name_withdrawn, Erasure.objects.count(), Consent.objects.count()) == (False, 0, 2)


def test_the_log_of_roles_stays_and_nobody_forges_the_log_of_erasures(person, request_of):
    give_role(user=person, role="teacher", by=None)
    leave(user=person, keep_name=False, request=request_of)
    assert RoleChange.objects.get().user is None
    for change in (lambda: Erasure.objects.update(kept_name=True), Erasure.objects.all().delete):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()
