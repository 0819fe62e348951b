"""Roles in the coordinator's plain list, and the log that remembers each change."""

import pytest
from django.contrib.auth.models import Group
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext

from accounts.models import RoleChange, User
from accounts.services.roles import NoSuchRole, OutOfReach, give_role, set_roles, take_role
from tests.factories.accounts import SuperuserFactory, UserFactory

pytestmark = pytest.mark.django_db
PEOPLE, LOG = "/accounts/people/", "/accounts/people/log/"


@pytest.fixture
def coordinator(client):
    person = UserFactory(email="coordinator@school.example", roles=["coordinator"], last_name="Координаторова")
    client.force_login(person)
    return person


def roles(person):
    return set(User.objects.get(pk=person.pk).role_codes)


def boxes(person, now, before=""):
    """What the form sends of one person: the boxes as they are now, and as they were when the page was shown."""
    return {"person": person.pk, f"before-{person.pk}": before, f"role-{person.pk}": now.split()}


def lines():
    return [(line.user, line.role, line.action, line.by) for line in RoleChange.objects.order_by("pk")]


def queries(client, path):
    client.get(path)
    with CaptureQueriesContext(connection) as counted:
        assert client.get(path).status_code == 200
    return len(counted)


def test_boxes_give_and_take_roles_and_each_change_is_a_line_of_the_log(client, coordinator):
    person = UserFactory(roles=["teacher"])
    response = client.post(PEOPLE, boxes(person, "expert editor", before="teacher"))
    assert response.headers["Location"] == PEOPLE
    assert roles(person) == {"expert", "editor"}
    assert lines() == [
        (person, "editor", "given", coordinator),
        (person, "expert", "given", coordinator),
        (person, "teacher", "taken", coordinator),
    ]
    page = client.get(LOG)
    assert [line.role for line in page.context["lines"]] == ["teacher", "expert", "editor"]
    assert "Координаторова" in page.content.decode()


def test_all_people_of_the_page_are_saved_at_once_or_one_alone(client, coordinator):
    first, second = UserFactory(), UserFactory()
    form = {**boxes(first, "teacher"), **boxes(second, "expert"), "person": [first.pk, second.pk]}
    client.post(PEOPLE, {**form, "save": second.pk})
    assert [roles(first), roles(second)] == [set(), {"expert"}]
    client.post(PEOPLE, form)
    assert [roles(first), roles(second)] == [{"teacher"}, {"expert"}]


def test_a_double_click_writes_one_line(client, coordinator):
    person = UserFactory()
    for _click in range(2):
        client.post(PEOPLE, boxes(person, "teacher"))
    assert lines() == [(person, "teacher", "given", coordinator)]


def test_two_coordinators_at_work_at_once_do_not_undo_each_other(client, coordinator):
    person = UserFactory(roles=["teacher"])
    give_role(user=person, role="expert", by=UserFactory(roles=["coordinator"]))
    client.post(PEOPLE, boxes(person, "teacher curator", before="teacher"))
    assert roles(person) == {"teacher", "expert", "curator"}


def test_a_coordinator_does_not_lose_their_own_role_by_accident(client, coordinator):
    other = UserFactory()
    form = {
        **boxes(coordinator, "", before="coordinator"),
        **boxes(other, "teacher"),
        "person": [coordinator.pk, other.pk],
    }
    asks = client.post(PEOPLE, form)
    assert (asks.status_code, asks.templates[0].name) == (200, "accounts/people_own_role.html")
    assert (roles(coordinator), roles(other), lines()) == ({"coordinator"}, set(), [])
    again = {}
    for name, value in asks.context["fields"]:
        again.setdefault(name, []).append(value)
    assert client.post(PEOPLE, {**again, "sure": "yes"}).headers["Location"] == "/accounts/"
    assert (roles(coordinator), roles(other)) == (set(), {"teacher"})
    assert client.get(PEOPLE).status_code == 403


def test_nobody_changes_a_superuser_here(client, coordinator):
    root = SuperuserFactory(email="root@school.example")
    client.post(PEOPLE, boxes(root, "teacher"))
    assert (roles(root), lines()) == (set(), [])
    assert f'name="role-{root.pk}"' not in client.get(PEOPLE).content.decode()
    with pytest.raises(OutOfReach):
        give_role(user=root, role="teacher", by=coordinator)


@pytest.mark.parametrize(
    "form",
    [
        {"person": "x"}, {"person": "9" * 400}, {"person": "-1"}, {"person": "٣"}, {"person": "0"}, {"save": "\0"},
        {"role-1": "superuser"}, {},
    ],
)  # fmt: skip
def test_a_forged_form_changes_nothing(client, coordinator, form):
    assert client.post(PEOPLE, form).status_code in {302, 400}
    assert lines() == []


def test_a_group_that_is_no_role_is_neither_given_nor_taken_by_the_list(client, coordinator):
    person = UserFactory()
    keepers = Group.objects.create(name="keepers")
    client.post(PEOPLE, boxes(person, "keepers teacher"))
    assert roles(person) == {"teacher"}
    person.groups.add(keepers)
    client.post(PEOPLE, boxes(person, "", before="keepers teacher"))
    assert roles(person) == {"keepers"}


@pytest.mark.parametrize(
    ("target", "lands"),
    [("/accounts/people/?q=ёлкин&page=2", "/accounts/people/?q=ёлкин&page=2"), ("//evil.example", PEOPLE)],
)
def test_one_comes_back_to_the_same_page_of_the_list_and_never_off_the_portal(client, coordinator, target, lands):
    response = client.post(PEOPLE, {**boxes(UserFactory(), "teacher"), "back": target})
    assert response.url.replace("%D1%91%D0%BB%D0%BA%D0%B8%D0%BD", "ёлкин") == lands


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("?q=елкин", ["Ёлкин"]),
        ("?q=elkin%40", ["Ёлкин"]),
        ("?role=expert", ["Ёлкин"]),
        ("?q=%00", None),
        ("?role=x", 2),
    ],
)
def test_people_are_found_by_name_address_and_role(client, coordinator, query, found):
    UserFactory(last_name="Ёлкин", email="elkin@school.example", roles=["expert"])
    response = client.get(PEOPLE + query)
    if found is None:
        assert response.status_code == 400
    elif found == 2:
        assert len(response.context["rows"]) == found
    else:
        assert [row["person"].last_name for row in response.context["rows"]] == found


def test_fifty_people_make_a_page_and_thirty_cost_as_many_queries_as_one(client, coordinator):
    give_role(user=UserFactory(roles=["teacher"]), role="editor", by=coordinator)
    one = queries(client, PEOPLE), queries(client, LOG)
    for _ in range(30):
        give_role(user=UserFactory(roles=["teacher", "expert"]), role="editor", by=coordinator)
    assert (queries(client, PEOPLE), queries(client, LOG)) == one
    for _ in range(20):
        UserFactory()
    first, second = client.get(PEOPLE), client.get(f"{PEOPLE}?page=2")
    assert (len(first.context["rows"]), len(second.context["rows"])) == (50, 2)
    assert client.get(f"{PEOPLE}?page=no").context["rows"][0] == first.context["rows"][0]


def test_changes_made_in_the_admin_are_logged_too(client, coordinator):
    person, other = UserFactory(roles=["teacher"]), UserFactory()
    expert = Group.objects.get(name="expert")
    form = {"email": person.email, "last_name": "А", "first_name": "Б", "category": "none", "is_active": "on"}
    client.post(f"/admin/users/edit/{person.pk}/", {**form, "groups": [expert.pk]})
    client.post(f"/admin/bulk/accounts/user/assign_role/?id={other.pk}", {"role": expert.pk})
    client.post("/admin/users/new/", {**form, "email": "fresh@school.example", "groups": [expert.pk]})
    assert lines() == [
        (person, "expert", "given", coordinator),
        (person, "teacher", "taken", coordinator),
        (other, "expert", "given", coordinator),
        (User.objects.get(email="fresh@school.example"), "expert", "given", coordinator),
    ]


def test_the_service_gives_and_takes_once_and_knows_its_roles(coordinator):
    person = UserFactory()
    assert give_role(user=person, role="teacher", by=coordinator).action == "given"
    assert give_role(user=person, role="teacher", by=coordinator) is None
    assert person.has_role("teacher")
    assert take_role(user=person, role="teacher", by=None).by is None
    assert take_role(user=person, role="teacher", by=None) is None
    assert not person.has_role("teacher")
    with pytest.raises(NoSuchRole):
        give_role(user=person, role="king", by=coordinator)
    set_roles(user=person, roles={"expert"}, among={"expert", "teacher"}, by=coordinator)
    assert person.role_codes == {"expert"}


def refused(statement):
    with pytest.raises(DatabaseError), transaction.atomic():
        statement()


def test_the_database_refuses_to_change_or_remove_a_line(coordinator):
    give_role(user=UserFactory(), role="teacher", by=coordinator)
    log = RoleChange.objects.all()
    refused(lambda: log.update(role="expert"))
    refused(lambda: log.update(by=UserFactory()))
    refused(lambda: log.update(user=UserFactory()))
    refused(log.delete)


def test_lines_of_people_who_are_gone_stay_without_them(client, coordinator):
    person, by = UserFactory(), UserFactory(roles=["coordinator"])
    give_role(user=person, role="teacher", by=by)
    person.delete()
    by.delete()
    assert lines() == [(None, "teacher", "given", None)]
    assert client.get(LOG).status_code == 200
