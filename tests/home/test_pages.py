"""The home page, standard pages, the frame around every page, and what comes when there is no page."""

import re
from xml.etree import ElementTree as ET

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import path
from wagtail.models import PageViewRestriction, Site

from home.models import SiteSettings, StandardPage
from imperia.urls import urlpatterns as portals_own
from tests.factories import pages
from tests.factories.accounts import UserFactory

pytestmark = pytest.mark.django_db

SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
HOSTILE = [
    "javascript:alert(1)",
    "JaVaScRiPt:alert(1)",
    " javascript:alert(1)",
    "data:text/html,x",
    "vbscript:x",
    "java\tscript:alert(1)",
]


def broken(request):
    """A view with a mistake in it."""
    raise RuntimeError("secret of the house")


urlpatterns = [path("broken/", broken), *portals_own]


def compose(*blocks: dict) -> None:
    home = pages.home_page()
    home.body = list(blocks)
    home.save_revision().publish()


def block(kind: str, **value) -> dict:
    return {"type": kind, "value": value}


def standard_page(title: str = "О портале", **fields) -> StandardPage:
    page = StandardPage(title=title, slug=fields.pop("slug", "about"), **fields)
    return pages.home_page().add_child(instance=page)


def menu(*links: dict) -> None:
    around = SiteSettings.for_site(Site.objects.get(is_default_site=True))
    around.menu = [block("link", page=None, url="") | {"value": {"page": None, "url": "", **link}} for link in links]
    items = [{"type": "item", "value": {"page": None, "url": "", **link}, "id": str(n)} for n, link in enumerate(links)]
    around.footer = [block("column", title="Колонка", links=items)]
    around.save()


def hrefs(response) -> list[str]:
    return re.findall(r'href="([^"]*)"', response.content.decode())


def queries(client, address: str) -> int:
    client.get(address)
    with CaptureQueriesContext(connection) as counted:
        assert client.get(address).status_code == 200
    return len(counted)


# The home page


def test_an_editor_composes_the_home_page_of_blocks_in_any_order(client):
    pages.practice(title="Дроби на пирогах")
    compose(
        block("search", title="Найдите практику", text="", examples=["дроби"]),
        block("newest", title="Новое", count=3),
        block("kinds", title="Виды"),
        block("subjects", title="Предметы"),
        block("numbers", title="Числа"),
        {"type": "prose", "value": "<h3>Зачем</h3>"},
        {"type": "callout", "value": "<p>Совет</p>"},
    )
    html = client.get("/").content.decode()
    headings = re.findall(r"<h([123])[^>]*>\s*(.*?)\s*</h\1>", html)

    assert [
        heading
        for heading in headings
        if heading[1] in {"Найдите практику", "Новое", "Виды", "Предметы", "Числа", "Зачем"}
    ] == [
        ("1", "Найдите практику"),
        ("2", "Новое"),
        ("2", "Виды"),
        ("2", "Предметы"),
        ("2", "Числа"),
        ("2", "Зачем"),
    ]
    assert html.count("<h1") == 1
    assert "/bank/?kind=lesson" in hrefs(client.get("/"))


def test_a_home_page_that_begins_otherwise_still_has_one_title(client):
    compose(block("numbers", title="Числа"), block("search", title="Найдите", text="", examples=[]))

    assert re.findall(r"<h1[^>]*>(.*?)</h1>", client.get("/").content.decode()) == ["Империя школ"]


def test_numbers_count_what_a_visitor_may_open(client):
    pages.practice(title="Для всех", authors=["Орлова Анна Львовна"])
    closed = pages.practice(title="Для своих", authors=["Дубов Олег Маратович"], school="Школа № 2")
    PageViewRestriction.objects.create(page=closed, restriction_type=PageViewRestriction.LOGIN)
    compose(block("numbers", title=""))
    response = client.get("/")
    counts = re.findall(r"<strong>(\d+)</strong>", response.content.decode())

    assert counts == ["1", "1", "0", "2"]


def test_newest_practices_cost_as_many_queries_whether_three_or_twelve(client):
    pages.import_records(*(pages.record() for _ in range(3)))
    compose(block("newest", title="", count=12), block("kinds", title=""), block("subjects", title=""))
    three = queries(client, "/")
    pages.import_records(*(pages.record(subject=f"Предмет {number}") for number in range(20)))

    assert queries(client, "/") == three


def test_a_home_page_before_its_first_practice_says_so(client):
    compose(block("newest", title="Новое", count=3), block("kinds", title="Виды"), block("subjects", title="Предметы"))

    html = client.get("/").content.decode()
    assert "Пока не опубликовано ни одной практики." in html


# Standard pages


def test_a_standard_page_shows_its_text_and_the_way_back(client):
    page = standard_page(body=[{"type": "prose", "value": "<h3>Зачем</h3><p>Чтобы делиться.</p>"}], summary="Коротко.")
    response = client.get(page.url)

    assert [crumb["title"] for crumb in response.context["breadcrumbs"]] == ["Империя школ"]
    assert re.findall(r"<h([1-3])", response.content.decode().split("<main")[1].split("<footer")[0]) == ["1", "2"]


def test_descriptions_for_messengers_are_escaped(client):
    page = standard_page(title='О "портале" <script>', summary='Коротко: "<b>"')
    html = client.get(page.url).content.decode()

    assert "<script>" not in html.replace('<script type="module"', "")
    assert 'content="Коротко: &quot;&lt;b&gt;&quot;"' in html


# The frame


def test_the_frame_stands_before_there_is_any_content(client):
    pages.home_page()
    response = client.get("/")

    assert (response.status_code, response.context["navigation"], response.context["bank_url"]) == (200, [], "")


def test_a_portal_without_a_site_answers_in_the_houses_style(client):
    Site.objects.all().delete()
    response = client.get("/")

    assert response.status_code == 404
    assert "Такой страницы нет" in response.content.decode()


def test_the_menu_leads_to_pages_and_addresses_and_knows_where_one_is(client):
    page = standard_page()
    menu({"title": "О портале", "page": page.pk}, {"title": "Город", "url": "https://vlc.example/"})
    inside, outside = client.get(page.url), client.get("/")

    assert [(entry["url"], entry["current"]) for entry in inside.context["navigation"]] == [
        ("/about/", True),
        ("https://vlc.example/", False),
    ]
    assert [entry["current"] for entry in outside.context["navigation"]] == [False, False]


@pytest.mark.parametrize("address", HOSTILE)
def test_no_menu_leads_into_a_script(client, address):
    menu({"title": "Хорошая", "url": "/about/"}, {"title": "Злая", "url": address})
    response = client.get("/")

    assert [entry["title"] for entry in response.context["navigation"]] == ["Хорошая"]
    assert [href for href in hrefs(response) if "script" in href.casefold() or "data:" in href] == []


def test_a_menu_survives_the_page_it_led_to(client):
    page = standard_page()
    menu({"title": "О портале", "page": page.pk}, {"title": "Город", "url": "https://vlc.example/"})
    page.delete()

    assert [entry["title"] for entry in client.get("/").context["navigation"]] == ["Город"]


def test_an_unpublished_page_leaves_the_menu(client):
    page = standard_page()
    menu({"title": "О портале", "page": page.pk}, {"title": "Город", "url": "https://vlc.example/"})
    page.unpublish()

    assert [entry["title"] for entry in client.get("/").context["navigation"]] == ["Город"]


def test_contacts_stand_at_the_foot(client):
    pages.home_page()
    around = SiteSettings.for_site(Site.objects.get(is_default_site=True))
    around.contact_email, around.contact_address = "a@b.example", "<b>ул. Первая, 1</b>"
    around.save()
    html = client.get("/").content.decode()

    assert ("mailto:a@b.example" in html, "&lt;b&gt;ул. Первая, 1&lt;/b&gt;" in html) == (True, True)


@pytest.mark.parametrize(
    "address", ["//evil.example/", "https://evil.example/", "/\\evil.example/", "javascript:alert(1)"]
)
def test_the_way_back_from_the_choice_of_a_look_stays_in_the_house(client, address):
    pages.home_page()
    html = client.get("/appearance/", {"next": address}).content.decode()

    assert re.search(r'class="button" href="([^"]*)"', html)[1] == "/"


# No page


def test_a_lost_visitor_gets_a_search_and_a_way_home(client):
    pages.bank_page()
    response = client.get("/no/such/page/")

    assert response.status_code == 404
    assert [template.name for template in response.templates][:1] == ["404.html"]
    assert {"/", "/search/"} <= set(hrefs(response)) | set(re.findall(r'action="([^"]*)"', response.content.decode()))


def test_a_mistake_of_ours_shows_no_traceback(client, settings):
    settings.ROOT_URLCONF = __name__
    client.raise_request_exception = False
    response = client.get("/broken/")

    assert response.status_code == 500
    assert "Империя школ" in response.content.decode()
    assert [
        word for word in ("secret", "RuntimeError", "Traceback", "broken") if word in response.content.decode()
    ] == []


def test_a_page_for_the_signed_in_leads_to_the_door_and_back(client):
    page = standard_page()
    PageViewRestriction.objects.create(page=page, restriction_type=PageViewRestriction.LOGIN)
    response = client.get(page.url)

    assert response.headers["Location"] == "/accounts/login/?next=/about/"
    assert "no-store" in response.headers["Cache-Control"]


def test_a_page_of_another_group_is_refused_in_plain_words_to_the_signed_in(client):
    page = standard_page()
    restriction = PageViewRestriction.objects.create(page=page, restriction_type=PageViewRestriction.GROUPS)
    client.force_login(UserFactory(roles=["teacher"]))
    response = client.get(page.url, follow=True)

    assert restriction.groups.count() == 0
    assert response.status_code == 403
    assert "Эта страница для вас закрыта" in response.content.decode()


def test_a_page_behind_a_password_asks_for_it_in_the_houses_style(client):
    page = standard_page(title="Тайное")
    PageViewRestriction.objects.create(
        page=page, restriction_type=PageViewRestriction.PASSWORD, password="ночь улица фонарь"
    )
    html = client.get(page.url).content.decode()

    assert 'class="site-header"' in html
    assert "Тайное" not in html


# For machines


def sitemap(client: Client) -> list[str]:
    index = ET.fromstring(client.get("/sitemap.xml").content)
    files = [entry.text for entry in index.iter(f"{SITEMAP}loc")]
    trees = [ET.fromstring(client.get(re.sub(r"^https?://[^/]+", "", file)).content) for file in files]
    return [entry.text for tree in trees for entry in tree.iter(f"{SITEMAP}loc")]


def test_the_sitemap_lists_what_everybody_may_open_and_nothing_else(client):
    compose()
    published = [pages.practice(title="Открытая"), pages.practice(title="Закрытая")]
    pages.draft(title="Черновик")
    PageViewRestriction.objects.create(page=published[1], restriction_type=PageViewRestriction.LOGIN)

    assert sorted(sitemap(client)) == ["http://testserver/", f"http://testserver{published[0].url}"]


def test_robots_are_kept_from_doors_and_filters_and_told_of_the_sitemap(client):
    response = client.get("/robots.txt")

    assert response.headers["Content-Type"] == "text/plain; charset=utf-8"
    assert response.content.decode().splitlines() == [
        "User-agent: *",
        "Disallow: /accounts/",
        "Disallow: /appearance/",
        "Disallow: /cabinet/",
        "Disallow: /certificates/",
        "Disallow: /complaints/",
        "Disallow: /membership/",
        "Disallow: /notifications/",
        "Disallow: /practices/",
        "Disallow: /reviews/",
        "Disallow: /search/",
        "Disallow: /admin/",
        "Disallow: /*?",
        "",
        "Sitemap: http://testserver/sitemap.xml",
    ]
