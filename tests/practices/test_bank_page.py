from urllib.parse import urlencode
from xml.etree import ElementTree as ET

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.models import PageViewRestriction

from practices.models import PracticePage
from tests.factories import pages

pytestmark = pytest.mark.django_db


@pytest.fixture
def bank():
    return pages.bank_page()


@pytest.fixture
def ask(client, bank):
    """The context of the bank's page for these parameters."""

    def get(**parameters):
        return client.get(f"{bank.url}?{urlencode(parameters, doseq=True)}").context

    return get


def titles(context) -> list[str]:
    return [card.title for card in context["cards"]]


def counts(context, facet: str) -> dict[str, int]:
    return {value.value: value.count for value in context["results"].facets.get(facet, [])}


@pytest.fixture
def three(bank):
    pages.practice(title="Дроби на пирогах", subject="Математика", grades=[5], kind="lesson", published="2025-01-01")
    pages.practice(title="Дроби в музыке", subject="Музыка", grades=[6], kind="project", published="2025-02-01")
    pages.practice(
        title="Диктант без страха", subject="Русский язык", grades=[5], kind="lesson", published="2025-03-01"
    )


def test_without_a_question_the_newest_come_first(ask, three):
    assert titles(ask()) == ["Диктант без страха", "Дроби в музыке", "Дроби на пирогах"]


def test_words_are_found_in_any_form(ask, three):
    assert sorted(titles(ask(q="дробь"))) == ["Дроби в музыке", "Дроби на пирогах"]


def test_half_a_word_is_enough_at_the_end(ask, three):
    assert titles(ask(q="дикт")) == ["Диктант без страха"]


def test_values_of_one_facet_are_alternatives_and_facets_narrow_each_other(ask, three):
    context = ask(subject=["matematika", "muzyka"])
    assert sorted(titles(context)) == ["Дроби в музыке", "Дроби на пирогах"]
    assert titles(ask(subject=["matematika", "muzyka"], grade="5")) == ["Дроби на пирогах"]


def test_a_facets_counts_leave_out_itself(ask, three):
    context = ask(subject="matematika")
    assert counts(context, "subject") == {"matematika": 1, "muzyka": 1, "russkii-iazyk": 1}
    assert counts(context, "grade") == {"5": 1}


def test_chips_take_one_filter_off_and_keep_the_rest(ask, bank, three):
    context = ask(q="дроби", subject=["matematika", "muzyka"], grade="5")
    assert [(chip["label"], chip["remove_url"]) for chip in context["chips"]] == [
        ("Математика", f"{bank.url}?q=%D0%B4%D1%80%D0%BE%D0%B1%D0%B8&subject=muzyka&grade=5"),
        ("Музыка", f"{bank.url}?q=%D0%B4%D1%80%D0%BE%D0%B1%D0%B8&subject=matematika&grade=5"),
        ("5", f"{bank.url}?q=%D0%B4%D1%80%D0%BE%D0%B1%D0%B8&subject=matematika&subject=muzyka"),
    ]


def test_an_unknown_filter_is_told_and_left_out(ask, three):
    context = ask(subject="alchemy")
    assert len(context["notices"]) == 1
    assert ask(subject="matematika")["notices"] == []


def test_nothing_found_says_what_to_do(client, bank, three):
    response = client.get(f"{bank.url}?q=синхрофазотрон")
    assert (response.status_code, response.context["results"].total) == (200, 0)


def test_htmx_gets_the_results_alone_and_they_are_the_same(client, bank, three):
    whole = client.get(f"{bank.url}?q=дроби")
    part = client.get(f"{bank.url}?q=дроби", HTTP_HX_REQUEST="true", HTTP_HX_TARGET="bank")
    assert titles(part.context) == titles(whole.context)
    assert (b"<html" in whole.content, b"<html" in part.content) == (True, False)


def test_by_relevance_pages_have_numbers(ask, bank):
    pages.import_records(*(pages.record(title=f"Дроби {number}") for number in range(45)))
    context = ask(q="дроби", page=2)
    assert len(context["cards"]) == 20
    assert [(page["number"], page["current"]) for page in context["pager"]["pages"]] == [
        (1, False),
        (2, True),
        (3, False),
    ]
    assert len(ask(q="дроби", page=3)["cards"]) == 5


def test_by_date_one_walks_to_the_very_end_and_back_without_gaps(client, bank):
    pages.import_records(*(pages.record(title=f"Дроби {number}") for number in range(45)))
    seen, url = [], bank.url
    forward = []
    while url:
        context = client.get(url).context
        forward.append(url)
        seen.append(titles(context))
        url = context["pager"]["next_url"]
    assert [len(page) for page in seen] == [20, 20, 5]
    assert len({title for page in seen for title in page}) == 45
    back = client.get(forward[-1]).context["pager"]["previous_url"]
    assert titles(client.get(back).context) == seen[1]


@pytest.mark.parametrize("page", ["99", "0", "-1", "abc", "1e9", "9" * 50])
def test_a_page_beyond_the_end_is_a_helpful_page(client, bank, three, page):
    response = client.get(f"{bank.url}?q=дроби&page={page}")
    assert response.status_code in {200, 404}
    assert response.context["results"].total == 2


HOSTILE = {
    "long": "дроби " * 400,
    "punctuation": "!!! ??? ,,, (((",
    "tsquery": "дроби & !( | :* <-> 'a' \\",
    "sql": "'; DROP TABLE search_searchdocument; --",
    "markup": "<script>alert(1)</script>",
    "words": " ".join(f"w{number}" for number in range(900)),
    "quotes": '"""" "-" -"-"',
    "bidi": "\u202eдроби\u202c \ufeff\u200b",
}


@pytest.mark.parametrize("query", HOSTILE.values(), ids=HOSTILE)
def test_a_hostile_query_gets_an_answer(client, bank, three, query):
    response = client.get(f"{bank.url}?{urlencode({'q': query})}")
    assert response.status_code in {200, 414}
    assert b"<script>alert" not in response.content


@pytest.mark.parametrize(
    "parameters", ["q=%00", "q=" + "a" * 1_000_000, "after=%FF%FE", "after=x&before=y", "sort=zzz", "subject=%00"]
)
def test_a_broken_address_is_never_an_error_of_the_server(client, bank, three, parameters):
    assert client.get(f"{bank.url}?{parameters}").status_code in {200, 400, 404, 414}


def test_what_a_person_may_not_open_they_do_not_find_nor_count(client, admin_client, bank, three):
    closed = PracticePage.objects.get(title="Дроби в музыке")
    PageViewRestriction.objects.create(page=closed, restriction_type=PageViewRestriction.LOGIN)
    visitor, signed_in = client.get(bank.url).context, admin_client.get(bank.url).context
    assert titles(visitor) == ["Диктант без страха", "Дроби на пирогах"]
    assert counts(visitor, "subject") == {"matematika": 1, "russkii-iazyk": 1}
    assert titles(signed_in) == ["Диктант без страха", "Дроби в музыке", "Дроби на пирогах"]
    assert (
        b"\xd0\xb4\xd1\x80\xd0\xbe\xd0\xb1\xd0\xb8 \xd0\xb2 \xd0\xbc\xd1\x83\xd0\xb7"
        not in client.get(f"{bank.url}feed/").content.lower()
    )


def test_a_page_behind_a_password_is_found_by_nobody(admin_client, bank, three):
    closed = PracticePage.objects.get(title="Дроби в музыке")
    PageViewRestriction.objects.create(page=closed, restriction_type=PageViewRestriction.PASSWORD, password="x")
    assert titles(admin_client.get(bank.url).context) == ["Диктант без страха", "Дроби на пирогах"]


def test_unpublished_and_deleted_practices_are_gone_at_once(ask, three):
    PracticePage.objects.get(title="Дроби в музыке").unpublish()
    PracticePage.objects.get(title="Диктант без страха").delete()
    assert titles(ask()) == ["Дроби на пирогах"]


def test_a_renamed_tag_school_or_subject_is_found_by_its_new_name(ask, three):
    page = PracticePage.objects.get(title="Дроби в музыке")
    subject = page.subjects.get()
    subject.name = "Хор"
    subject.save()
    assert [facet["values"][0].label for facet in ask(q="музыке")["facets"] if facet["name"] == "subject"] == ["Хор"]


def test_the_list_costs_as_many_queries_for_thirty_as_for_one(client, bank):
    """Without words; a few found by them cost the same few queries more: what is near in meaning joins them."""

    def cost(url: str) -> int:
        with CaptureQueriesContext(connection) as queries:
            client.get(url)
        return len(queries)

    pages.practice(title="Дроби", authors=["Зимина Анна"], school="Школа № 5")
    client.get(bank.url)
    one, little = cost(bank.url), cost(f"{bank.url}?q=дроби")
    pages.import_records(*(pages.record(title="Дроби", school=f"Школа № {number}") for number in range(29)))
    client.get(bank.url)
    assert cost(f"{bank.url}?n=2") == one <= 30
    assert cost(f"{bank.url}?q=дроби&n=2") < little <= 40


def test_a_subjects_page_lists_its_practices_and_has_a_feed(client, bank, three):
    response = client.get(f"{bank.url}subjects/matematika/")
    assert titles(response.context) == ["Дроби на пирогах"]
    assert response.context["feed_url"] == f"{bank.url}subjects/matematika/feed/"


@pytest.mark.parametrize(
    ("feed", "expected"),
    [
        ("feed/", ["Диктант без страха", "Дроби в музыке", "Дроби на пирогах"]),
        ("subjects/muzyka/feed/", ["Дроби в музыке"]),
        ("tags/delenie-s-ostatkom/feed/", ["Диктант без страха", "Дроби в музыке", "Дроби на пирогах"]),
    ],
)
def test_feeds_are_atom_with_the_newest_first(client, bank, three, feed, expected):

    response = client.get(bank.url + feed)
    atom = "{http://www.w3.org/2005/Atom}"
    entries = ET.fromstring(response.content).findall(f"{atom}entry")
    assert response.headers["Content-Type"].startswith("application/atom+xml")
    assert [entry.find(f"{atom}title").text for entry in entries] == expected
    assert all(entry.find(f"{atom}link").get("href").startswith("http://testserver/bank/") for entry in entries)
