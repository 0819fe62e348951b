"""The cabinet, what a practice grows after publication, the coordinator's desks: nothing bars, nothing sticks out."""

from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page

from certificates.services import issue
from moderation.services import complain
from tests.e2e.backstage import there
from tests.e2e.test_axe import looks_of
from tests.factories import pages
from tests.factories.accounts import PASSWORD, UserFactory
from tests.factories.afterlife import practice_by, report, teacher

pytestmark = [pytest.mark.django_db, pytest.mark.xdist_group("e2e")]


def lived():
    """Author, colleague, coordinator, and a practice with what becomes of one: its path, a certificate, a complaint."""
    author, colleague, chief = teacher(), teacher(), UserFactory(roles=["coordinator"])
    practice = practice_by(author, title="Морские узлы на уроке технологии")
    report(practice, by=colleague, outcome="Узлы вязали дважды: по схеме и на скорость.")
    paper = issue(kind="publication", holder=author, title=practice.title, obj=practice, url=practice.get_url())
    complaint = complain(obj=practice, reason="error", text="Неверная дата.", complainer=colleague)
    path = urlsplit(practice.get_url()).path
    return author, colleague, chief, practice, path, paper, complaint


def sticks_out(page: Page, path: str) -> int:
    assert page.goto(path).status == 200, path
    return page.evaluate("document.documentElement.scrollWidth - innerWidth")


@pytest.mark.parametrize("width", [1280, 360])
def test_nothing_bars_nor_sticks_out(house, width):
    author, colleague, chief, practice, path, paper, complaint = there(lived)
    school = there(pages.school_page)
    rooms = {
        None: [path, f"{path}used/", f"{path}history/", "/certificates/", paper.get_absolute_url()],
        author: [
            *("/cabinet/", "/cabinet/practices/", "/cabinet/lessons/", "/cabinet/certificates/"),
            *(f"/practices/{practice.pk}/after/", f"/practices/{practice.pk}/withdraw/", "/practices/new/"),
        ],
        colleague: [
            "/cabinet/",
            f"/practices/{practice.pk}/used/",
            f"/complaints/new/practices.practicepage/{practice.pk}/",
        ],
        chief: [
            *("/cabinet/", "/cabinet/drafts/", "/accounts/people/", "/accounts/people/log/", "/membership/queue/"),
            *("/membership/schools/", f"/membership/schools/{school.pk}/", "/complaints/", "/reviews/queue/"),
            *(f"/complaints/{complaint.pk}/", "/certificates/register/", f"{paper.get_absolute_url()}revoke/"),
        ],
    }
    found = {}
    for person, paths in rooms.items():
        page = house.visitor(width=width)
        if person:
            house.sign_in(page, person.email, PASSWORD)
        found |= {each: (sticks_out(page, each), looks_of(page)) for each in paths}
    assert {path: what for path, what in found.items() if what != (0, {})} == {}
