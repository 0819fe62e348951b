import pytest
from django.contrib.auth.models import Group

from accounts.models import User
from tests.accounts.letters import link_in
from tests.accounts.test_signing_in import sign_in, signed_in_as
from tests.factories.accounts import SuperuserFactory, UserFactory

pytestmark = pytest.mark.django_db
PEOPLE = "/admin/users/"


def group(code):
    return Group.objects.get(name=code).pk


def form(**fields):
    return {"email": "New@School.example", "last_name": "Новикова", "first_name": "Ольга", "category": "none", **fields}


@pytest.fixture
def coordinator(client):
    person = UserFactory(email="coordinator@school.example", roles=["coordinator"], last_name="Координаторова")
    client.force_login(person)
    return person


def test_a_person_made_by_the_coordinator_comes_in_by_the_letter(client, coordinator, mailoutbox):
    response = client.post(f"{PEOPLE}new/", form(groups=[group("teacher")]))
    assert response.headers["Location"] == PEOPLE
    person = User.objects.get(email="new@school.example")
    assert (person.has_role("teacher"), person.has_usable_password(), person.is_active) == (True, False, True)
    (letter,) = mailoutbox
    assert letter.to == ["new@school.example"]
    client.post("/accounts/logout/")
    page = client.get(link_in(letter)).headers["Location"]
    client.post(page, {"password1": "аптека канал рябь", "password2": "аптека канал рябь"})
    assert signed_in_as(client) == person.pk


@pytest.mark.parametrize(
    ("field", "value"),
    [("email", "coordinator@school.example"), ("email", "x"), ("last_name", ""), ("first_name", "<b>")],
)
def test_a_mistake_is_shown_and_nobody_is_made(client, coordinator, mailoutbox, field, value):
    response = client.post(f"{PEOPLE}new/", form(**{field: value}))
    assert (response.status_code, list(response.context["form"].errors)) == (200, [field])
    assert (User.objects.count(), mailoutbox) == (1, [])


def test_a_coordinator_cannot_make_anybody_all_powerful_or_give_a_group_that_is_no_role(client, coordinator):
    secret = Group.objects.create(name="server keepers")
    client.post(f"{PEOPLE}new/", form(is_superuser="on", is_staff="on"))
    person = User.objects.get(email="new@school.example")
    response = client.post(f"{PEOPLE}edit/{person.pk}/", form(is_active="on", groups=[secret.pk], is_superuser="on"))
    assert list(response.context["form"].errors) == ["groups"]
    person.refresh_from_db()
    assert (person.is_superuser, person.is_staff, list(person.groups.all())) == (False, False, [])


def test_a_superuser_is_out_of_the_coordinators_reach_by_every_door(client, coordinator):
    root = SuperuserFactory(email="root@school.example")
    taken = form(email="thief@school.example", is_active="on")
    assert client.get(f"{PEOPLE}edit/{root.pk}/").status_code == 302
    assert client.post(f"{PEOPLE}edit/{root.pk}/", taken).status_code == 302
    bulk = "/admin/bulk/accounts/user"
    client.post(f"{bulk}/set_active_state/?id={root.pk}", {"mark_as_active": "False"})
    client.post(f"{bulk}/assign_role/?id={root.pk}", {"role": group("teacher")})
    client.post(f"{bulk}/delete/?id={root.pk}")
    client.post(f"{PEOPLE}delete/{root.pk}/")
    root = User.objects.get(email="root@school.example")
    assert (root.is_active, root.is_superuser, root.role_codes) == (True, True, frozenset())


def test_a_coordinator_does_not_raise_or_lock_out_themselves(client, coordinator):
    secret = Group.objects.create(name="server keepers")
    client.post(f"{PEOPLE}edit/{coordinator.pk}/", form(email=coordinator.email, groups=[secret.pk], is_superuser="on"))
    coordinator = User.objects.get(pk=coordinator.pk)
    assert (coordinator.last_name, coordinator.is_active, coordinator.is_superuser) == ("Новикова", True, False)
    assert coordinator.role_codes == {"coordinator"}


def test_groups_that_a_coordinator_may_not_give_survive_their_edit(client, coordinator):
    person = UserFactory(roles=["teacher"])
    person.groups.add(Group.objects.create(name="server keepers"))
    client.post(f"{PEOPLE}edit/{person.pk}/", form(email=person.email, is_active="on", groups=[group("expert")]))
    assert User.objects.get(pk=person.pk).role_codes == {"expert", "server keepers"}


def test_roles_are_given_to_many_at_once(client, coordinator):
    people = [UserFactory(), UserFactory()]
    ids = "&".join(f"id={person.pk}" for person in people)
    client.post(f"/admin/bulk/accounts/user/assign_role/?{ids}", {"role": group("expert")})
    assert set(User.objects.with_role("expert")) == set(people)


def test_an_address_changed_by_the_coordinator_is_the_one_by_which_the_person_comes_in(client, coordinator):
    person = UserFactory(email="old@school.example")
    client.post(f"{PEOPLE}edit/{person.pk}/", form(email="Fresh@school.example", is_active="on"))
    client.post("/accounts/logout/")
    assert sign_in(client, "old@school.example").status_code == 200
    assert sign_in(client, "fresh@school.example").status_code == 302


def test_one_switched_off_by_the_coordinator_is_out(client, coordinator):
    from django.test import Client  # noqa: PLC0415

    person = UserFactory(email="gone@school.example")
    elsewhere = Client()
    elsewhere.force_login(person)
    client.post(f"{PEOPLE}edit/{person.pk}/", form(email=person.email))
    assert elsewhere.get("/accounts/").status_code == 302


@pytest.mark.parametrize(
    ("query", "found"), [("ёлкин", 1), ("ЕЛКИН", 1), ("пётр елкин", 1), ("elkin@", 1), ("нет такого", 0), ("%", 0)]
)
def test_people_are_found_by_surname_in_any_spelling(client, coordinator, query, found):
    UserFactory(email="elkin@school.example", last_name="Ёлкин", first_name="Пётр", roles=["teacher", "expert"])
    response = client.get(PEOPLE, {"q": query})
    assert (response.status_code, len(response.context["object_list"])) == (200, found)


def test_the_list_asks_the_same_of_the_database_however_long_it_is(client, coordinator):
    from django.db import connection  # noqa: PLC0415
    from django.test.utils import CaptureQueriesContext  # noqa: PLC0415

    def queries():
        with CaptureQueriesContext(connection) as captured:
            client.get(PEOPLE)
        return len(captured)

    UserFactory(roles=["teacher"])
    queries()
    before = queries()
    for _ in range(15):
        UserFactory(roles=["teacher", "expert"])
    assert queries() == before


@pytest.mark.parametrize(
    "path",
    ["", "account/", "users/?is_superuser=true", "users/new/", "users/edit/{0}/",
     "users/history/{0}/", "users/usage/{0}/",
     "reports/site-history/", "reports/aging-pages/", "pages/", "groups/", "consents/", "consent_texts/"],
)  # fmt: skip
def test_no_page_of_the_admin_misses_a_username(client, path):
    person = SuperuserFactory(first_name="", last_name="", patronymic="")
    client.force_login(person)
    assert client.get("/admin/" + path.format(person.pk)).status_code == 200


def test_the_admins_own_account_page_changes_neither_address_nor_password(client, coordinator):
    page = client.get("/admin/account/")
    fields = {
        name
        for panels in page.context["panels_by_tab"].values()
        for panel in panels
        for name in panel.get_form().fields
    }
    assert fields & {"email", "old_password", "new_password1"} == set()


def test_a_text_of_a_consent_in_force_is_read_only_in_the_admin_and_a_draft_is_not(client, coordinator):
    from accounts.models import ConsentText  # noqa: PLC0415

    old = ConsentText.objects.in_force("processing")
    change = {"kind": "processing", "text": "Другие слова", "published_at": ""}
    assert client.post(f"/admin/consent_texts/edit/{old.pk}/", change).status_code == 302
    assert ConsentText.objects.in_force("processing").text == old.text
    client.post("/admin/consent_texts/new/", change)
    draft = ConsentText.objects.get(version=2)
    client.post(f"/admin/consent_texts/edit/{draft.pk}/", change | {"text": "Исправленные слова"})
    draft.refresh_from_db()
    assert draft.text == "Исправленные слова"
    assert client.get(f"/admin/consent_texts/inspect/{old.pk}/").status_code == 200
