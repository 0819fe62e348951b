"""The look and the language that a visitor chooses, with scripts and without."""

import pytest
from playwright.sync_api import Page, expect

pytestmark = [pytest.mark.django_db, pytest.mark.xdist_group("e2e")]

SCRIPTS = pytest.mark.parametrize("javascript", [True, False], ids=["with scripts", "without scripts"])


def look(page: Page) -> dict:
    return {
        name: page.locator("html").get_attribute(f"data-{name}") for name in ("theme", "size", "contrast", "images")
    }


def paper(page: Page) -> str:
    """The colour behind the text as the browser paints it."""
    return page.locator("body").evaluate("element => getComputedStyle(element).backgroundColor")


@SCRIPTS
def test_a_theme_is_chosen_and_stays(house, javascript):
    page = house.visitor(javascript=javascript)
    page.goto("/appearance/?next=/")
    before = paper(page)
    page.locator("button[name=theme][value=dark]").last.click()
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")
    page.goto("/bank/")

    assert look(page)["theme"] == "dark"
    assert paper(page) != before


@SCRIPTS
def test_the_panel_for_the_visually_impaired_opens_changes_the_page_and_closes(house, javascript):
    page = house.visitor(javascript=javascript)
    page.goto("/bank/")
    size = "element => parseFloat(getComputedStyle(element).fontSize)"
    before = page.locator("#found-title").evaluate(size)
    page.locator("button[name=mode][value=adapted]").click()
    expect(page.locator("html")).to_have_attribute("data-size", "large")
    assert page.locator("#found-title").evaluate(size) > before
    page.locator("button[name=contrast][value=white-on-black]").first.click()
    expect(page.locator("html")).to_have_attribute("data-contrast", "white-on-black")
    assert (page.url, paper(page)) == (f"{house.address}/bank/", "rgb(0, 0, 0)")
    page.locator("button[name=mode][value=normal]").first.click()
    expect(page.locator("html")).to_have_attribute("data-contrast", "normal")

    assert look(page) == {"theme": "auto", "size": "normal", "contrast": "normal", "images": "on"}


@SCRIPTS
def test_the_language_of_menus_is_switched_and_the_text_stays_russian(house, javascript):
    page = house.visitor(javascript=javascript)
    page.goto("/bank/")
    page.locator("[name=language][value=en]").first.click()
    expect(page.locator("html")).to_have_attribute("lang", "en")

    assert page.url == f"{house.address}/bank/"
    assert page.locator("#found-title").inner_text() == "26 practices"
    assert page.get_by_role("heading", level=1).get_attribute("lang") == "ru"


def test_dark_is_taken_from_the_device(house):
    assert paper_of(house, "dark") != paper_of(house, "light")


def paper_of(house, scheme: str) -> str:
    page = house.visitor(color_scheme=scheme)
    page.goto("/")
    return paper(page)


@pytest.mark.parametrize("width", [320, 360, 768, 1280])
@pytest.mark.parametrize("path", ["/", "/bank/", "/bank/tags/", "/schools/", "/about/", "/accounts/login/"])
def test_no_page_is_wider_than_the_screen(house, path, width):
    page = house.visitor(width=width)
    page.goto(path)

    assert page.evaluate("document.documentElement.scrollWidth") == width
