"""«Что ищут и не находят» in the admin, and what editors do about it."""

import csv
from datetime import timedelta
from io import BytesIO, StringIO

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook
from wagtail.contrib.search_promotions.models import Query, QueryDailyHits

from search.models import QueryMiss
from tests.factories.accounts import SuperuserFactory, UserFactory

pytestmark = pytest.mark.django_db

REPORT = "/admin/reports/asked/"


@pytest.fixture
def editor(client):
    user = UserFactory(roles=["editor"])
    client.force_login(user)
    return user


def asked(text: str, hits: int, misses: int = 0, days: int = 0) -> Query:
    query, _created = Query.objects.get_or_create(query_string=text)
    date = timezone.localdate() - timedelta(days=days)
    QueryDailyHits.objects.create(query=query, date=date, hits=hits)
    if misses:
        QueryMiss.objects.create(query=query, date=date, count=misses)
    return query


def lines(client, **filters) -> list[tuple]:
    found = client.get(REPORT, filters).context["object_list"]
    return [(query.query_string, query.missed, query.asked) for query in found]


@pytest.mark.parametrize("role", ["visitor", "teacher", "expert", "curator", "editor", "coordinator", "superuser"])
def test_editors_and_coordinators_read_the_report_and_nobody_else(client, role):
    if role != "visitor":
        client.force_login(SuperuserFactory() if role == "superuser" else UserFactory(roles=[role]))
    doors = [REPORT, f"{REPORT}results/", f"{REPORT}?export=csv"]
    opened = [client.get(door).status_code == 200 for door in doors]
    assert opened == [role in {"editor", "coordinator", "superuser"}] * 3


def test_what_is_most_often_sought_in_vain_comes_first_by_period(client, editor):
    asked("чтение", hits=90)
    asked("впр", hits=5, misses=4)
    asked("впр", hits=7, misses=7, days=20)
    asked("проект", hits=6, misses=5)
    asked("гиа", hits=8, misses=8, days=100)
    month = [("впр", 11, 12), ("проект", 5, 6), ("чтение", 0, 90)]
    assert lines(client) == lines(client, period="30") == lines(client, period="nonsense") == month
    assert lines(client, period="7") == [("проект", 5, 6), ("впр", 4, 5), ("чтение", 0, 90)]
    assert lines(client, period="365")[:2] == [("впр", 11, 12), ("гиа", 8, 8)]
    assert lines(client, outcome="missed", period="7") == [("проект", 5, 6), ("впр", 4, 5)]
    assert lines(client, outcome="found") == [("чтение", 0, 90)]
    assert lines(client, q="ВП") == [("впр", 11, 12)]
    assert lines(client, ordering="-asked")[0] == ("чтение", 0, 90)


def test_an_editor_goes_from_a_query_to_a_promoted_page(client, editor):
    query = asked("впр & «гиа»", hits=1, misses=1)
    html = client.get(REPORT).content.decode()
    address = reverse("wagtailsearchpromotions:edit", args=[query.pk])
    assert f'href="{address}"' in html
    assert 'href="/search/?q=%D0%B2%D0%BF%D1%80+%26+%C2%AB%D0%B3%D0%B8%D0%B0%C2%BB"' in html
    assert client.get(address).context["form"]["query_string"].value() == "впр & «гиа»"


def test_a_coordinator_goes_from_a_query_to_the_school_dictionary(client):
    client.force_login(UserFactory(roles=["coordinator"]))
    asked("шнор", hits=1, misses=1)
    address = reverse("wagtailsnippets_search_synonymgroup:add") + "?words=%D1%88%D0%BD%D0%BE%D1%80"
    assert f'href="{address}"' in client.get(REPORT).content.decode()
    assert client.get(address).context["form"]["words"].value() == "шнор"


@pytest.mark.parametrize("text", ["=1+1", "+7", "-чтение", "@sum(a1)"])
def test_no_spreadsheet_computes_what_somebody_typed(client, editor, text):
    asked(text, hits=2, misses=1)
    exported = client.get(REPORT, {"export": "csv"})
    rows = list(csv.reader(StringIO(b"".join(exported.streaming_content).decode())))
    assert rows == [
        ["Запрос", "Не нашлось, раз", "Спросили, раз", "В последний раз"],
        [f"'{text}", "1", "2", str(timezone.localdate())],
    ]
    sheet = load_workbook(BytesIO(client.get(REPORT, {"export": "xlsx"}).getvalue())).active
    assert [cell.value for cell in sheet[2]][:3] == [f"'{text}", 1, 2]


def test_the_report_costs_as_many_queries_for_thirty_as_for_one(client, editor):
    costs = []
    for numbers in (range(1), range(1, 30)):
        for number in numbers:
            asked(f"запрос {number}", hits=2, misses=1)
        client.get(REPORT)
        with CaptureQueriesContext(connection) as captured:
            client.get(REPORT)
        costs.append(len(captured))
    assert costs[0] == costs[1]


def test_the_menu_has_this_report_and_not_wagtails_list_beside_it(client):
    client.force_login(SuperuserFactory())
    html = client.get("/admin/").content.decode()
    assert REPORT in html
    assert reverse("wagtailsearchpromotions:search_terms") not in html
