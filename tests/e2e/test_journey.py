"""The main job of the portal, as a visitor does it: find a practice, read it, take its materials away."""

from io import BytesIO
from pathlib import Path

import pytest
from docx import Document
from playwright.sync_api import Page, expect
from pypdf import PdfReader

from tests.e2e import content

pytestmark = [pytest.mark.django_db, pytest.mark.xdist_group("e2e")]


def results(page: Page) -> list[str]:
    return page.locator("#found .card__title").all_inner_texts()


def download(page: Page, link) -> bytes:
    with page.expect_download() as waiting:
        link.click()
    return Path(waiting.value.path()).read_bytes()


@pytest.mark.parametrize("javascript", [True, False], ids=["with scripts", "without scripts"])
@pytest.mark.parametrize("width", [1280, 360])
def test_a_visitor_finds_a_practice_and_takes_its_materials_away(house, width, javascript):
    page = house.visitor(width=width, javascript=javascript)
    page.goto("/")
    page.locator("main [name=q]").fill("читательская грам")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search/?q=*")
    assert sorted(results(page)) == ["Читательская грамотность в сказках", content.TITLE]

    page.locator(".scopes a[href*='in=practice']").click()
    page.wait_for_url("**in=practice*")
    if width == 360:
        page.get_by_role("link", name="Фильтры").click()
    page.get_by_role("checkbox", name="География").check()
    if javascript:
        page.wait_for_url("**subject=geografiia*")
    if width == 360 or not javascript:
        page.locator(".filters__apply").click()
    page.wait_for_url("**subject=geografiia*")
    expect(page.locator("#found .card__title")).to_have_count(1)
    assert results(page) == [content.TITLE]

    page.get_by_role("link", name=content.TITLE).click()
    expect(page.get_by_role("heading", level=1)).to_have_text(content.TITLE)
    sheet = download(page, page.get_by_role("link", name=content.SHEET))
    assert "Карточка 1" in "\n".join(paragraph.text for paragraph in words_of(sheet))
    paper = download(page, page.get_by_role("link", name=content.PAPER))
    assert content.PAPER in PdfReader(BytesIO(paper)).pages[0].extract_text()

    handout = page.request.get(page.get_by_role("link", name="Раздаточный").get_attribute("href"))
    assert handout.headers["content-type"] == "application/pdf"
    assert PdfReader(BytesIO(handout.body())).metadata.title == content.TITLE


def words_of(docx: bytes) -> list:
    """Paragraphs of the text and of the tables' cells."""
    document = Document(BytesIO(docx))
    cells = [cell for table in document.tables for row in table.rows for cell in row.cells]
    return [*document.paragraphs, *(paragraph for cell in cells for paragraph in cell.paragraphs)]


def test_search_needs_no_mouse(house):
    page = house.visitor()
    page.goto("/about/")
    page.keyboard.press("/")
    page.keyboard.type("читательская грам/отность")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search/?q=*")

    assert page.locator("[data-search]").input_value() == "читательская грам/отность"


def test_the_first_tab_leads_past_the_header(house):
    page = house.visitor()
    page.goto("/bank/")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")

    assert page.evaluate("document.activeElement.id") == "main"


def test_results_come_while_one_types_and_the_field_keeps_focus(house):
    page = house.visitor()
    page.goto("/bank/")
    page.keyboard.press("/")
    page.keyboard.type("читательская грам", delay=20)
    expect(page.locator("#found .card__title")).to_have_count(2)
    page.wait_for_url("**/bank/?q=*")

    focused = "[document.activeElement.id, document.activeElement.selectionStart]"
    assert page.evaluate(focused) == ["bank-search", len("читательская грам")]
    assert page.locator("#bank-status").inner_text() == "2 практики"


def test_a_ticked_filter_keeps_the_focus(house):
    page = house.visitor()
    page.goto("/bank/?q=читательская")
    page.get_by_role("checkbox", name="География").focus()
    page.keyboard.press("Space")
    page.wait_for_url("**subject=geografiia*")
    expect(page.locator("#found .card__title")).to_have_count(1)

    assert page.evaluate("document.activeElement.id") == "subject-geografiia"


def test_back_leads_to_the_former_results(house):
    page = house.visitor()
    page.goto("/bank/?q=читательская")
    page.get_by_role("checkbox", name="География").check()
    page.wait_for_url("**subject=geografiia*")
    expect(page.locator("#found .card__title")).to_have_count(1)
    page.get_by_role("link", name=content.TITLE).click()
    expect(page.get_by_role("heading", level=1)).to_have_text(content.TITLE)

    page.go_back()
    page.wait_for_url("**subject=geografiia*")
    assert results(page) == [content.TITLE]
    assert page.get_by_role("checkbox", name="География").is_checked()
    page.go_back()
    expect(page.locator("#found .card__title")).to_have_count(2)
    assert not page.get_by_role("checkbox", name="География").is_checked()


@pytest.mark.parametrize("javascript", [True, False], ids=["with scripts", "without scripts"])
def test_one_turns_to_older_practices_and_takes_a_filter_off(house, javascript):
    page = house.visitor(javascript=javascript)
    page.goto("/bank/?kind=lesson")
    first = results(page)
    page.get_by_role("link", name="Старше").or_(page.locator("a[rel=next]")).first.click()
    page.wait_for_url("**after=*")
    expect(page.locator("#found .card__title")).to_have_count(5)
    assert (len(first), set(first) & set(results(page))) == (20, set())

    page.locator(".chip--remove").click()
    page.wait_for_url(lambda url: "kind" not in url)
    expect(page.locator("#found-title")).to_have_text("26 практик")


def test_nothing_found_says_what_to_do_next(house):
    page = house.visitor()
    page.goto("/bank/?q=синхрофазотрон&subject=geografiia")

    assert page.locator("#found-title").inner_text() == "Ничего не нашлось"
    assert page.locator("#found .empty a").count() == 2
