"""The search field with its suggestions and the page of results, as they are used: by keys, by pressing, on a phone."""

import pytest
from playwright.sync_api import Page, expect

from tests.e2e import content
from tests.e2e.test_axe import looks, sins

pytestmark = [pytest.mark.django_db, pytest.mark.xdist_group("e2e")]

FIELD = "[data-suggestions]"
ACTIVE = """field => document.getElementById(field.getAttribute("aria-activedescendant"))
    ?.querySelector("[data-text]").textContent ?? null"""


def type_in(page: Page, text: str) -> None:
    """As a person types: the list opens once they pause."""
    page.locator(FIELD).focus()
    page.keyboard.type(text, delay=10)
    expect(page.locator(FIELD)).to_have_attribute("aria-expanded", "true")


def active(page: Page) -> str | None:
    """The option that the field calls its own."""
    return page.locator(FIELD).evaluate(ACTIVE)


def test_the_field_is_a_combobox_for_the_keyboard(house):
    page = house.visitor()
    page.goto("/about/")
    page.keyboard.press("/")
    expect(page.locator(FIELD)).to_have_role("combobox")
    type_in(page, "читательская")
    options = page.locator("[role=option] [data-text]").all_inner_texts()
    assert content.TITLE in options
    expect(page.locator("form [aria-live=polite]")).to_contain_text(str(len(options)))

    for key, expected in [
        ("ArrowDown", options[0]),
        ("ArrowDown", options[1]),
        ("ArrowUp", options[0]),
        ("ArrowUp", options[-1]),
        ("ArrowDown", options[0]),
        ("Home", None),
        ("ArrowUp", options[-1]),
        ("End", None),
    ]:
        page.keyboard.press(key)
        assert active(page) == expected, key
    assert page.locator("[role=option][aria-selected=true]").count() == 0

    page.keyboard.press("Escape")
    expect(page.locator(FIELD)).to_have_attribute("aria-expanded", "false")
    assert page.locator(FIELD).input_value() == "читательская"
    page.keyboard.press("ArrowDown")
    expect(page.locator(FIELD)).to_have_attribute("aria-expanded", "true")
    page.keyboard.press("Tab")
    expect(page.locator(".suggestions")).to_be_hidden()


def test_enter_opens_what_is_active_or_searches_for_what_is_typed(house):
    page = house.visitor()
    page.goto("/about/")
    type_in(page, "читательская")
    place = page.locator("[role=option] [data-text]").all_inner_texts().index(content.TITLE)
    for _ in range(place + 1):
        page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text(content.TITLE)

    type_in(page, "читательс")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search/?q=*")
    assert page.locator(FIELD).input_value() == "читательская"

    page.goto("/about/")
    type_in(page, "читательс")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search/?q=*")
    assert page.locator(FIELD).input_value() == "читательс"


@pytest.mark.parametrize("path", ["/", "/bank/", "/search/"])
def test_each_search_field_offers_suggestions_to_be_pressed(house, path):
    page = house.visitor(width=360)
    page.goto(path)
    type_in(page, "читательская")
    assert sins(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") == 360
    page.locator("[role=option]").filter(has_text=content.TITLE).click()
    expect(page.get_by_role("heading", level=1)).to_have_text(content.TITLE)


def test_who_asks_too_often_just_gets_no_suggestions(house):
    page = house.visitor()
    page.route("**/search/suggestions/**", lambda route: route.fulfill(status=429))
    page.goto("/about/")
    page.locator(FIELD).focus()
    with page.expect_response("**/search/suggestions/**"):
        page.keyboard.type("карта")
    expect(page.locator(".suggestions")).to_be_hidden()
    page.keyboard.press("Enter")
    page.wait_for_url("**/search/?q=*")
    house.complaints = [told for told in house.complaints if not told.startswith("429")]


@pytest.mark.parametrize("path", ["/search/", "/search/?q=читательская", "/search/?q=синхрофазотрон"])
def test_nothing_bars_anybody_from_the_search_page(house, path):
    assert looks(house.visitor(), path) == {}


def test_a_phone_shows_results_and_filters_without_scrolling_sideways(house):
    page = house.visitor(width=360)
    for path in ("/search/", "/search/?q=читательская&in=practice", "/search/?q=" + "щ" * 200):
        page.goto(path)
        assert page.evaluate("document.documentElement.scrollWidth") == 360, path
    assert looks(page, "/search/?q=читательская&in=practice") == {}


def test_one_kind_is_chosen_and_narrowed_by_pressing(house):
    page = house.visitor()
    page.goto("/search/?q=читательская")
    page.locator(".scopes a[href*='in=practice']").click()
    page.wait_for_url("**in=practice*")
    page.get_by_role("checkbox", name="География").check()
    page.wait_for_url("**subject=geografiia*")
    expect(page.locator("#found .card__title")).to_have_count(1)
    page.locator(".scopes a[href*='in=school']").click()
    page.wait_for_url("**in=school*")
    assert "subject" not in page.url
