"""What the search field offers while one types: with the rights of who types, and not without end."""

import re
from html import unescape
from urllib.parse import urlencode

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.models import PageViewRestriction

from tests.factories import pages
from tests.factories.accounts import UserFactory

pytestmark = pytest.mark.django_db

OPTION = re.compile(
    r'role="option".*?(?:data-url="(?P<url>[^"]*)")?>\s*<span lang="ru" data-text>(?P<text>[^<]*)<', re.DOTALL
)


@pytest.fixture
def offered(client):
    """(text, address) of each option, in the order of the list; an option without an address is a query."""

    def type_in(text: str, **parameters) -> list[tuple[str, str]]:
        response = client.get(f"/search/suggestions/?{urlencode({'q': text, **parameters})}")
        assert response.status_code == 200
        found = OPTION.finditer(response.content.decode())
        return [(unescape(option["text"]), unescape(option["url"] or "")) for option in found]

    return type_in


@pytest.fixture
def shelf_of_three():
    pages.practice(title="Физика в походе: измеряем ветер", subject="Физика", tags=["физический опыт"])
    pages.practice(title="Ёлка из бумаги", subject="Труд", tags=["бумага"])
    return pages.school_page("Физико-математический лицей")


def test_words_titles_subjects_and_tags_are_offered(offered, shelf_of_three):
    practice = pages.PracticePage.objects.get(title__startswith="Физика")
    assert offered("физ") == [
        ("физика", ""),
        ("физико-математический", ""),
        ("физический", ""),
        (shelf_of_three.title, shelf_of_three.url),
        (practice.title, practice.url),
        ("Физика", "/search/?in=practice&subject=fizika"),
        ("физический опыт", "/search/?in=practice&tag=fizicheskii-opyt"),
    ]


def test_the_last_word_is_completed_as_titles_with_the_others_write_it(offered, shelf_of_three):
    firsts = [offered(text)[0] for text in ("ветер в пох", "бумага ёл", "бумага елк")]
    assert firsts == [("ветер в походе", ""), ("бумага ёлка", ""), ("бумага ёлка", "")]


def test_a_wrong_layout_and_a_slip_are_put_right(offered, shelf_of_three):
    assert (offered("abpbrf")[0], offered("физека")) == (("физика", ""), [("физика", "")])


def test_one_kind_alone_may_be_asked_for(offered, shelf_of_three):
    assert [url for _text, url in offered("физ", **{"in": "school"}) if url] == [shelf_of_three.url]


def test_what_begins_everything_or_nothing_offers_nothing(offered, shelf_of_three):
    assert [offered(text) for text in ("", " ", "ф", "!?", "&", "\u200b")] == [[]] * 6


def test_what_a_person_may_not_open_is_not_offered(client, offered):
    secret = pages.practice(title="Кракозябра", subject="Алхимия", tags=["кракозябры"])
    PageViewRestriction.objects.create(page=secret, restriction_type=PageViewRestriction.LOGIN)
    assert (offered("кракоз"), offered("алхим")) == ([], [])
    client.force_login(UserFactory())
    assert ("Кракозябра", secret.url) in offered("кракоз")
    assert offered("алхим") == [("Алхимия", "/search/?in=practice&subject=alkhimiia")]


def test_markup_in_titles_is_text(client):
    pages.practice(title="Тег <b>жирный</b> & «кавычки»")
    answer = client.get("/search/suggestions/?q=жирн").content.decode()
    assert "Тег &lt;b&gt;жирный&lt;/b&gt; &amp; «кавычки»" in answer


def test_an_address_that_asks_without_end_is_told_to_wait(client, settings, offered, shelf_of_three):
    settings.SUGGESTIONS_A_MINUTE = 3
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    asked = [client.get("/search/suggestions/?q=физ", HTTP_X_FORWARDED_FOR="192.0.2.1").status_code for _ in range(5)]
    other = client.get("/search/suggestions/?q=физ", HTTP_X_FORWARDED_FOR="192.0.2.2").status_code
    # Two asked at the turn of a minute would be counted apart.
    assert (asked.count(200) in {3, 4, 5}, asked[:3], other) == (True, [200] * 3, 200)


def test_typing_costs_few_queries_however_much_there_is(client, shelf_of_three):
    def cost(text: str) -> int:
        with CaptureQueriesContext(connection) as queries:
            client.get(f"/search/suggestions/?q={text}")
        return len(queries)

    cost("физ")
    one = cost("физ")
    pages.import_records(*(pages.record(title=f"Физика {n}", tags=[f"физика {n}"]) for n in "абвгд"))
    cost("физ")
    assert cost("физ") == one <= 30
