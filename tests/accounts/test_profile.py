import pytest

from accounts.models import User
from core.models import Subject

pytestmark = pytest.mark.django_db
PROFILE = "/accounts/profile/"


@pytest.fixture
def at_home(client, person):
    client.force_login(person)
    return client


def form(**fields):
    return {
        "last_name": "Ёлкина", "first_name": "Анна", "patronymic": "Мария-Луиза", "position": "учитель химии",
        "category": "highest", **fields,
    }  # fmt: skip


def test_a_person_tells_of_themselves(at_home):
    subject = Subject.objects.create(name="Химия")
    assert at_home.post(PROFILE, form(subjects=[subject.pk])).headers["Location"] == PROFILE
    person = User.objects.get()
    assert (str(person), person.get_short_name(), person.category) == (
        "Ёлкина Анна Мария-Луиза",
        "А. М. Ёлкина",
        "highest",
    )
    assert list(person.subjects.all()) == [subject]


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("last_name", ""),
        ("first_name", "<script>"),
        ("patronymic", "2000 рублей"),
        ("last_name", "я" * 101),
        ("first_name", "Ан\0на"),
        ("category", "minister"),
        ("subjects", ["999999"]),
        ("subjects", ["x"]),
    ],
)
def test_a_mistake_is_shown_at_its_field_and_nothing_typed_is_lost(at_home, field, value):
    page = at_home.post(PROFILE, form(**{field: value}))
    assert (page.status_code, list(page.context["form"].errors)) == (200, [field])
    assert page.context["form"]["position"].value() == "учитель химии"
    assert str(User.objects.get()) != "Ёлкина Анна Мария-Луиза"


def test_nobody_makes_themselves_more_than_they_are(at_home):
    at_home.post(PROFILE, form(is_superuser="on", is_staff="on", groups=["1"], email="x@y.example", import_id="1"))
    person = User.objects.get()
    assert (person.is_superuser, person.is_staff, person.email) == (False, False, "irina@school.example")
    assert list(person.groups.all()) == []


@pytest.mark.parametrize(
    "path", ["/accounts/", PROFILE, "/accounts/email/", "/accounts/password/change/", "/accounts/2fa/"]
)
def test_rooms_of_the_account_open_to_their_owner_and_send_strangers_to_the_door(client, person, path):
    assert client.get(path).headers["Location"] == f"/accounts/login/?next={path}"
    client.force_login(person)
    page = client.get(path)
    assert (page.status_code, "no-store" in page.headers["Cache-Control"]) == (200, True)


def test_people_are_found_and_ordered_by_name_whatever_the_case_and_yo(person):
    for name in ["Яшина", "Ёлкина", "Елагина", "Жукова"]:
        User.objects.create_user(f"{name.encode().hex()}@school.example", last_name=name)
    User.objects.filter(pk=person.pk).delete()
    assert list(User.objects.values_list("last_name", flat=True)) == ["Елагина", "Ёлкина", "Жукова", "Яшина"]
    assert [str(found) for found in User.objects.named("ЕЛК")] == ["Ёлкина"]
