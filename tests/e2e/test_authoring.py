"""Writing a practice in a browser: saved as one types, kept while the portal is away, never overwritten silently."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.e2e import content
from tests.e2e.test_axe import sins

pytestmark = [pytest.mark.django_db, pytest.mark.xdist_group("e2e")]

SAVED = re.compile(r"^Сохранено \d\d:\d\d$")
WRITE = "/practices/write/"
DRAFT = re.compile(r"/practices/\d+/$")


@pytest.fixture
def desk(house) -> Page:
    """A signed-in teacher before an empty form."""
    page = house.visitor()
    house.sign_in(page, *content.teacher())
    page.goto(WRITE)
    return page


def state(page: Page):
    return page.locator("[data-save-state]")


def write_title(page: Page, title: str) -> None:
    page.locator("#id_title").fill(title)


def write_problem(page: Page, words: str) -> None:
    """In the rich editor, once it has come to life."""
    editor = page.locator("[data-ask=problem] [contenteditable]")
    page.locator("[data-ask=problem]").scroll_into_view_if_needed()
    editor.click()
    page.keyboard.type(words)


def kinds(page: Page) -> list[str]:
    return page.locator("[data-cards] > [data-card]").evaluate_all("cards => cards.map(card => card.dataset.kind)")


def test_what_is_typed_is_saved_and_stands_there_after_a_reload(desk):
    write_title(desk, "Сад на подоконнике")
    expect(state(desk)).to_have_text(SAVED)
    expect(desk).to_have_url(DRAFT)
    write_problem(desk, "Дети не знают, откуда хлеб.")
    expect(state(desk)).to_have_text(SAVED)
    expect(desk.locator("[data-side]").get_by_text("Расскажите, в чём была трудность")).to_have_count(0)
    desk.reload()

    expect(desk.locator("#id_title")).to_have_value("Сад на подоконнике")
    desk.locator("[data-ask=problem]").scroll_into_view_if_needed()
    expect(desk.locator("[data-ask=problem] [contenteditable]")).to_have_text("Дети не знают, откуда хлеб.")


def test_a_text_outlives_a_portal_that_is_away_and_is_sent_when_it_is_back(desk, house):
    write_title(desk, "До грозы")
    expect(desk).to_have_url(DRAFT)
    expect(state(desk)).to_have_text(SAVED)
    desk.context.set_offline(True)
    write_title(desk, "Во время грозы")
    expect(state(desk)).to_contain_text("на этом компьютере")
    desk.context.set_offline(False)
    expect(state(desk)).to_have_text(SAVED, timeout=10_000)
    desk.reload()
    expect(desk.locator("#id_title")).to_have_value("Во время грозы")


def test_a_text_kept_on_the_computer_is_offered_at_return(desk):
    write_title(desk, "Черновик учителя")
    expect(desk).to_have_url(DRAFT)
    expect(state(desk)).to_have_text(SAVED)
    address = desk.url
    # In the page itself: its last letter, sent when it is gone already, passes by any route of Playwright's.
    desk.evaluate("() => { window.fetch = () => Promise.reject(new TypeError('the portal is away')); }")
    write_title(desk, "Черновик, который не дошёл")
    expect(state(desk)).to_contain_text("на этом компьютере")
    desk.goto("/about/")
    desk.goto(address)
    expect(desk.locator("#id_title")).to_have_value("Черновик учителя")
    desk.locator("[data-local-restore]").click()

    expect(desk.locator("#id_title")).to_have_value("Черновик, который не дошёл")
    expect(desk.locator("[data-local]")).to_be_hidden()


def test_two_tabs_do_not_overwrite_each_other(desk, house):
    write_title(desk, "Общий текст")
    expect(desk).to_have_url(DRAFT)
    expect(state(desk)).to_have_text(SAVED)
    other = desk.context.new_page()
    other.goto(desk.url)
    write_title(other, "Текст второй вкладки")
    expect(state(other)).to_have_text(SAVED)
    write_title(desk, "Текст первой вкладки")
    panel = desk.locator("[data-conflict] .conflict")
    expect(panel).to_be_visible()
    panel.locator("button[value=apart]").click()
    desk.wait_for_url(lambda address: address != other.url)

    expect(desk.locator("#id_title")).to_have_value("Текст первой вкладки")
    other.reload()
    expect(other.locator("#id_title")).to_have_value("Текст второй вкладки")
    assert desk.url != other.url
    house.complaints[:] = [line for line in house.complaints if not line.startswith("409")]


def test_cards_are_added_moved_and_brought_back_by_keyboard(desk):
    for kind in ("prose", "step", "table"):
        button = desk.locator(f".add button[value='add:{kind}:']")
        button.focus()
        desk.keyboard.press("Enter")
        expect(desk.locator(f"[data-cards] > [data-kind={kind}]")).to_be_visible()
    assert kinds(desk) == ["prose", "step", "table"]
    step = desk.locator("[data-kind=step] input[name$='-title']")
    step.fill("Сеем горох")
    desk.keyboard.press("Alt+ArrowUp")
    assert kinds(desk) == ["step", "prose", "table"]
    expect(step).to_be_focused()
    desk.locator("[data-kind=prose] button[value^=remove]").press("Enter")
    assert kinds(desk) == ["step", "table"]
    desk.keyboard.press("Enter")
    assert kinds(desk) == ["step", "prose", "table"]
    cells = desk.locator("[data-kind=table] .grid-edit tbody input")
    for number, words in enumerate(["День", "Рост", "1", "2 | 3"]):
        cells.nth(number).fill(words)
    expect(state(desk)).to_have_text(SAVED)
    desk.reload()

    assert kinds(desk) == ["step", "prose", "table"]
    values = desk.locator("[data-kind=table] .grid-edit tbody input").evaluate_all("all => all.map(one => one.value)")
    assert values == ["День", "Рост", "1", "2 | 3"]


def test_files_are_told_the_limits_and_go_up_one_by_one(desk, house):
    write_title(desk, "С материалами")
    desk.locator("#id_material-files").set_input_files(
        [
            {"name": "карточки.txt", "mimeType": "text/plain", "buffer": "Карточка".encode()},
            {"name": "вирус.exe", "mimeType": "application/octet-stream", "buffer": b"MZ"},
        ]
    )
    expect(desk.locator("[data-list] [data-file]")).to_have_count(1)
    expect(desk.locator(".upload__state")).to_contain_text("не принимаются")
    expect(state(desk)).to_have_text(SAVED)
    desk.reload()
    expect(desk.locator("[data-name]").first).to_have_text("карточки")


@pytest.mark.parametrize("width", [1280, 360])
def test_nothing_bars_an_author(desk, width):
    desk.set_viewport_size({"width": width, "height": 800})
    write_title(desk, "Для всех")
    for kind in ("prose", "step", "table", "picture", "gallery", "document", "callout", "embed"):
        desk.locator(f".add button[value='add:{kind}:']").click()
    expect(state(desk)).to_have_text(SAVED)
    expect(desk.locator("[data-kind=callout] [contenteditable]")).to_be_visible()
    found = sins(desk)
    assert desk.evaluate("document.documentElement.scrollWidth") == width
    desk.evaluate("document.documentElement.dataset.theme = 'dark'")
    assert found + sins(desk) == []


def test_without_scripts_the_whole_way_works(house):
    page = house.visitor(javascript=False, width=360)
    house.sign_in(page, *content.teacher())
    page.goto(WRITE)
    write_title(page, "Без сценариев")
    page.locator(".add button[value='add:step:']").click()
    expect(page).to_have_url(re.compile(r"/practices/\d+/#card-"))
    page.locator("[data-kind=step] input[name$='-title']").fill("Шаг")
    page.locator("#id_problem").fill("Первый абзац.\n\nВторой абзац.")
    page.locator("button[value=preview]").click()
    expect(page.locator("h1")).to_have_text("Без сценариев")
    expect(page.locator(".prose p")).to_have_text(["Первый абзац.", "Второй абзац."])
