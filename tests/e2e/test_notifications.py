"""The bell, what it leads to, and the choice of letters, as a person's browser meets them."""

from collections.abc import Callable
from threading import Thread

import pytest
from django.db import connection
from django.utils import timezone
from playwright.sync_api import Page, expect

from accounts.models import User
from tests.e2e.test_axe import sins
from tests.factories import notifications as factory
from tests.factories.accounts import PASSWORD, UserFactory

pytestmark = [pytest.mark.django_db, pytest.mark.xdist_group("e2e")]


PAGES = {
    "/notifications/": "Уведомления",
    "/notifications/settings/": "Что приходит на почту",
    "/notifications/letters/": "Неотправленные письма",
}


def committed(make: Callable[[User], None], roles: list[str]) -> User:
    """A person, and what `make` gives them, for the server's eyes too: it sees nothing of this test's transaction."""
    made = []

    def work():
        made.append(UserFactory(roles=roles))
        make(made[0])
        connection.close()

    thread = Thread(target=work)
    thread.start()
    thread.join()
    return made[0]


def enter(house, person: User, **options) -> Page:
    page = house.visitor(**options)
    house.sign_in(page, person.email, PASSWORD)
    return page


def test_the_bell_shows_how_much_is_unread_until_it_is_read(house):
    def two(person: User) -> None:
        for number in range(2):
            factory.notification(person, title=f"Новость {number}", url="/about/")

    page = enter(house, committed(two, ["teacher"]))
    count = page.locator(".tool__count")

    expect(count).to_have_text("2")
    page.click(".tool--bell")
    page.get_by_role("link", name="Новость 0").click()
    expect(page).to_have_url(f"{house.address}/about/")
    expect(count).to_have_text("1")
    page.click(".tool--bell")
    page.get_by_role("button", name="Отметить все прочитанными").click()
    expect(page.get_by_role("status")).to_have_text("Все уведомления отмечены прочитанными.")
    expect(count).to_be_hidden()


def test_without_scripts_the_bell_is_a_plain_link(house):
    person = committed(lambda person: factory.notification(person, title="Новость"), ["teacher"])
    page = enter(house, person, javascript=False)

    page.click(".tool--bell")
    expect(page.get_by_role("link", name="Новость")).to_be_visible()
    expect(page.locator(".tool__count")).to_be_hidden()


def plenty(person: User) -> None:
    for number in range(32):
        title = f"Практику «Счёт в пределах десяти» провели у себя: {number}"
        read_at = timezone.now() if number % 3 else None
        factory.notification(person, title=title, text="В 3 «Б» удалось за два урока.", read_at=read_at)
    factory.in_doubt(recipient=person)
    factory.letter(state="refused", attempts=8, error="550 5.1.1 <irina@school.example>: No such person here")


@pytest.mark.parametrize("width", [1280, 360])
def test_nothing_bars_anybody_from_these_pages_and_nothing_sticks_out(house, width):
    page = enter(house, committed(plenty, ["teacher", "expert", "coordinator"]), width=width)

    for path, title in PAGES.items():
        page.goto(path)
        expect(page.get_by_role("heading", level=1)).to_have_text(title)
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        for theme in ("light", "dark"):
            page.evaluate(f"document.documentElement.dataset.theme = '{theme}'")
            assert sins(page) == []
