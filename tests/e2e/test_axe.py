"""axe-core finds nothing on any template: light, dark and in the look for the visually impaired."""

from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.template.loader import render_to_string
from playwright.sync_api import Page, expect

from tests.e2e import content

pytestmark = [pytest.mark.django_db, pytest.mark.xdist_group("e2e")]

PUBLIC = {
    "home": "/",
    "bank": "/bank/",
    "bank with words and filters": "/bank/?q=читательская&subject=geografiia",
    "bank where nothing is found": "/bank/?q=синхрофазотрон",
    "bank beyond its end": "/bank/?q=счёт&page=99",
    "tags": "/bank/tags/",
    "tag": "/bank/tags/karta/",
    "schools": "/schools/",
    "standard page": "/about/",
    "appearance": "/appearance/",
    "sign in": "/accounts/login/",
    "sign up": "/accounts/signup/",
    "account deleted": "/accounts/deleted/",
    "link of a school that does not work": "/membership/invitation/none/",
    "forgotten password": "/accounts/password/reset/",
    "forgotten password, letter sent": "/accounts/password/reset/done/",
    "a link that works no more": "/accounts/password/reset/key/x-y/",
    "address not confirmed": "/accounts/confirm-email/x/",
    "inactive": "/accounts/inactive/",
    "no such page": "/no/such/page/",
}
OWN = {
    "account": "/accounts/",
    "about me": "/accounts/profile/",
    "address": "/accounts/email/",
    "password": "/accounts/password/change/",
    "consents": "/accounts/consents/",
    "second step": "/accounts/2fa/",
    "passkeys": "/accounts/2fa/webauthn/",
    "school": "/membership/join/",
    "deletion of the account": "/accounts/delete/",
    "sign out": "/accounts/logout/",
    "no admin": "/accounts/admin-door/?next=/admin/",
}
AXE = Axe().axe_script
#: Templates for moments when nothing can be relied upon; they need no request.
BARE = ["400", "403_csrf", "429", "500", "503"]


def sins(page: Page) -> list[str]:
    """What axe finds, each as «rule: the element»."""
    page.wait_for_load_state()
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE)
    found = page.evaluate("axe.run({resultTypes: ['violations']}).then(found => found.violations)")
    return [f"{rule['id']}: {node['html'][:200]}" for rule in found for node in rule["nodes"]]


def looks(page: Page, path: str) -> dict[str, list[str]]:
    """What axe finds on the page in each look."""
    page.goto(path)
    return looks_of(page)


def looks_of(page: Page) -> dict[str, list[str]]:
    """What axe finds on a page that has just been opened in each look, worn as `portal.js` puts it on."""
    found = {"light": sins(page)}
    page.evaluate("document.documentElement.dataset.theme = 'dark'")
    found["dark"] = sins(page)
    cookie = {"name": "appearance", "value": "size=huge&contrast=white-on-black", "url": page.url}
    page.context.add_cookies([cookie])
    page.reload()
    found["low vision"] = sins(page)
    page.context.clear_cookies(name="appearance")
    return {look: sins for look, sins in found.items() if sins}


@pytest.mark.parametrize("path", PUBLIC.values(), ids=PUBLIC)
def test_nothing_bars_a_visitor(house, path):
    assert looks(house.visitor(), path) == {}


@pytest.mark.parametrize("width", [1280, 360])
def test_nothing_bars_the_reader_of_a_practice(house, width):
    page = house.visitor(width=width)
    assert looks(page, urlsplit(content.practice().get_url()).path) == {}


def test_nothing_bars_the_reader_of_a_subject_and_a_school(house):
    page = house.visitor()
    school = urlsplit(content.practice().school.get_url()).path
    assert {path: looks(page, path) for path in (content.subject_path(), school)} == {
        content.subject_path(): {},
        school: {},
    }


@pytest.mark.parametrize("path", ["/", "/bank/"])
def test_nothing_bars_a_visitor_with_a_telephone(house, path):
    assert looks(house.visitor(width=360), path) == {}


def test_nothing_bars_somebody_who_has_signed_in(house):
    page = house.visitor()
    house.sign_in(page, *content.teacher())
    found = {name: looks(page, path) for name, path in OWN.items()}
    assert {name: sins for name, sins in found.items() if sins} == {}


def test_nothing_bars_somebody_whose_form_came_back(house):
    page = house.visitor()
    page.goto("/accounts/login/")
    page.locator("main form").first.evaluate("form => form.noValidate = true")
    page.click("main button[type=submit]")
    # The page asked for comes after the click returns: what came back has this summary, the page before it has not.
    expect(page.locator(".error-summary")).to_be_visible()
    assert sins(page) == []


@pytest.mark.parametrize("name", BARE)
def test_nothing_bars_somebody_before_a_page_of_error(house, name):
    page = house.visitor()
    page.route(
        "**/broken/", lambda route: route.fulfill(body=render_to_string(f"{name}.html"), content_type="text/html")
    )
    assert looks(page, "/broken/") == {}
