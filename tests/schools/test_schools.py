"""The directory of schools and a school's page, as a visitor gets them."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.models import PageViewRestriction

from schools.models import SchoolPage
from tests.factories import pages

pytestmark = pytest.mark.django_db

#: Words by which a school could be shamed; people and pages speak of practices only.
SHAMEFUL = ("низкими результатами", "низких результатов", "ШНОР", "слабая школа", "отстающ")


def only_for_the_signed_in(page) -> None:
    PageViewRestriction.objects.create(page=page, restriction_type=PageViewRestriction.LOGIN)


def directory(client) -> list[tuple[str, list[str]]]:
    groups = client.get("/schools/").context["schools"]
    return [(group["district"], [school.title for school in group["schools"]]) for group in groups]


def cards(client, school: SchoolPage) -> list[str]:
    [section] = client.get(school.url).context["page_sections"]
    return [card.title for card in section.context["cards"]]


def queries(client, path: str) -> int:
    """How many queries the page costs once what is asked once a process has been asked."""
    client.get(path)
    with CaptureQueriesContext(connection) as counted:
        assert client.get(path).status_code == 200
    return len(counted)


def test_schools_stand_by_district_and_number(client):
    pages.school_page("Школа № 12", district="Ленинский", number=12)
    pages.school_page("Школа № 2", district="Ленинский", number=2)
    pages.school_page("Лицей", district="Советский")

    assert directory(client) == [("Ленинский", ["Школа № 2", "Школа № 12"]), ("Советский", ["Лицей"])]


def test_an_empty_directory_says_so(client):
    pages.school_page().delete()

    assert "В справочнике пока нет школ." in client.get("/schools/").content.decode()


def test_a_school_shows_its_own_practices_the_newest_first(client):
    pages.practice(title="Старая", school="Школа № 1", published="2024-01-01")
    pages.practice(title="Новая", school="Школа № 1", published="2025-01-01")
    pages.practice(title="Чужая", school="Школа № 2")

    assert cards(client, SchoolPage.objects.get(title="Школа № 1")) == ["Новая", "Старая"]


def test_a_school_without_practices_says_so(client):
    assert "Эта школа пока не публиковала практик." in client.get(pages.school_page().url).content.decode()


def test_what_a_reader_may_not_open_is_neither_shown_nor_counted(client, django_user_model):
    pages.practice(title="Для всех", school="Школа № 1")
    only_for_the_signed_in(pages.practice(title="Для своих", school="Школа № 1"))
    school = SchoolPage.objects.get(title="Школа № 1")
    reader = django_user_model.objects.create_user(email="reader@school.example", password="ночь улица фонарь")

    assert cards(client, school) == ["Для всех"]
    [group] = client.get("/schools/").context["schools"]
    assert [entry.practices_count for entry in group["schools"]] == [1]
    client.force_login(reader)
    assert sorted(cards(client, school)) == ["Для всех", "Для своих"]


def test_a_school_closed_to_visitors_stands_in_no_directory(client):
    pages.school_page("Открытая")
    only_for_the_signed_in(pages.school_page("Закрытая"))

    assert directory(client) == [("", ["Открытая"])]


def test_a_draft_of_a_school_is_not_there(client):
    school = pages.school_page("Будущая")
    school.unpublish()

    assert directory(client) == []
    assert client.get(school.url).status_code == 404


def test_thirty_schools_cost_as_many_queries_as_one(client):
    pages.school_page(district="Ленинский")
    one = queries(client, "/schools/")
    for number in range(2, 31):
        pages.school_page(f"Школа № {number}", district=f"Район {number % 4}", number=number)

    assert queries(client, "/schools/") == one


def test_thirty_practices_of_a_school_cost_as_many_queries_as_one(client):
    pages.import_records(pages.record(school="Школа № 1", authors=["Орлова Анна Львовна"]))
    school = SchoolPage.objects.get(title="Школа № 1")
    one = queries(client, school.url)
    pages.import_records(*(pages.record(school="Школа № 1", authors=["Орлова Анна Львовна"]) for _ in range(29)))

    assert queries(client, school.url) == one
    assert len(cards(client, school)) == 20


def test_nothing_says_of_a_school_how_well_its_pupils_do(client):
    pages.practice(school="Школа № 1")
    school = SchoolPage.objects.get(title="Школа № 1")
    seen = "".join(client.get(path).content.decode() for path in ("/", "/schools/", school.url, "/bank/"))

    assert [words for words in SHAMEFUL if words.casefold() in seen.casefold()] == []
    assert {field.name for field in SchoolPage._meta.local_fields} == {
        "page_ptr",
        "summary",
        "share_image",
        "kind",
        "number",
        "district",
        "website",
        "import_id",
    }
