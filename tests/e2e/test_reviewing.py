"""An expert at work in a browser: on a phone, while the portal is away, in two windows at once."""

import re
from uuid import UUID

import pytest
from playwright.sync_api import Page, expect

from practices.models import Review
from tests.e2e.backstage import there
from tests.e2e.test_axe import sins
from tests.factories import review
from tests.factories.accounts import PASSWORD

pytestmark = [pytest.mark.django_db, pytest.mark.xdist_group("e2e")]

TIME = re.compile(r"\d\d:\d\d")
BODY = [
    {"type": "prose", "value": "<h3>Начало</h3><p>Читаем легенду карты вслух и спорим.</p>", "id": str(UUID(int=1))},
    {
        "type": "step",
        "value": {"title": "Ищем свою улицу", "minutes": 12, "text": "<p>В парах.</p>"},
        "id": str(UUID(int=2)),
    },
]


def second_round() -> Review:
    """An expert's review of a text that had been returned and was corrected; the experts of other tests are busy."""
    review.rules(monthly_cap=4)
    experts = [review.expert() for _number in range(2)]
    opened = review.submitted(
        title="Читаем карту города",
        summary="Шестиклассники учатся вычитывать из карты то, чего нет в тексте.",
        body=BODY,
        equipment="Карта города, линейка",
        duration="два урока",
    )
    for each in opened.reviews.waiting():
        each.delete()
    for expert in experts:
        mine = opened.reviews.create(expert=expert, due_at=each.due_at)
        review.finish(mine, "return", 1, text="Покажите работы учеников.", comments={"results": "Сколько было ошибок?"})
    again = review.again(opened.practice, results="<p>Ошибок было одиннадцать, стало две.</p>")
    return again.reviews.get(expert=experts[0])


@pytest.fixture
def mine(house) -> Review:
    return there(second_round)


def at_desk(house, mine: Review, **options) -> Page:
    page = house.visitor(**options)
    house.sign_in(page, mine.expert.email, PASSWORD)
    page.goto(f"/reviews/{mine.pk}/")
    return page


def now(mine: Review) -> Review:
    return there(lambda: Review.objects.get(pk=mine.pk))


def status(page: Page):
    return page.locator("[data-status]")


@pytest.mark.parametrize("javascript", [True, False], ids=["with scripts", "without scripts"])
def test_an_expert_reads_and_judges_on_a_phone(house, mine, javascript):
    page = at_desk(house, mine, width=360, height=740, javascript=javascript)
    expect(page.locator("ins").first).to_be_visible()
    page.locator("#results summary").click()
    page.fill("[name=comment-results]", "Теперь ясно.")
    page.locator(".review-tabs a").nth(1).click()
    for group in page.locator(".judge fieldset").all()[:-1]:
        group.locator("label").nth(3).click()
    page.locator(".review-tabs a").nth(2).click()
    page.locator(".criterion--verdict label").first.click()
    page.locator("button[value=finish]").click()
    page.wait_for_url(re.compile(r"/reviews/(#|$)"))
    done = now(mine)
    assert (done.state, done.verdict) == ("done", "accept")
    assert there(lambda: done.comments.get().text) == "Теперь ясно."
    assert page.evaluate("document.documentElement.scrollWidth") <= 360


def test_what_is_typed_saves_itself_and_stands_there_after_a_reload(house, mine):
    page = at_desk(house, mine)
    page.fill("[name=text]", "Стало гораздо лучше.")
    expect(status(page)).to_have_text(TIME)
    page.locator(".judge fieldset").first.locator("label").nth(2).click()
    expect(page.locator("[name=version]")).to_have_value("2")
    page.reload()
    expect(page.locator("[name=text]")).to_have_value("Стало гораздо лучше.")
    expect(page.locator(".judge fieldset").first.locator("input").nth(2)).to_be_checked()


def test_while_the_portal_is_away_the_words_wait_on_the_device(house, mine):
    page = at_desk(house, mine)
    page.route(
        f"**/reviews/{mine.pk}/", lambda route: route.abort() if route.request.method == "POST" else route.continue_()
    )
    page.fill("[name=text]", "Набрано без связи.")
    expect(status(page)).to_have_attribute("data-tone", "error")
    page.reload()
    expect(page.locator("[name=text]")).to_have_value("Набрано без связи.")
    page.unroute(f"**/reviews/{mine.pk}/")
    expect(status(page)).to_have_text(TIME)
    assert now(mine).text == "Набрано без связи."


def test_two_windows_do_not_write_over_each_other(house, mine):
    page = at_desk(house, mine)
    other = page.context.new_page()
    other.goto(page.url)
    page.fill("[name=text]", "Первое окно")
    expect(status(page)).to_have_text(TIME)
    house.complaints.clear()
    other.fill("[name=text]", "Второе окно")
    expect(status(other)).to_have_attribute("data-tone", "error")
    assert now(mine).text == "Первое окно"
    expect(other.locator("[name=text]")).to_have_value("Второе окно")
    # The refusal is what was meant.
    assert [line[:3] for line in house.complaints] == ["409"]
    house.complaints.clear()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 360])
def test_axe_finds_nothing_where_experts_and_coordinators_work(house, mine, scheme, width):
    boss = there(review.coordinator)
    page = at_desk(house, mine, width=width, color_scheme=scheme)
    found = {"read": sins(page)}
    page.goto("/reviews/")
    found["index"] = sins(page)
    author, chief = house.visitor(width=width, color_scheme=scheme), house.visitor(width=width, color_scheme=scheme)
    house.sign_in(author, there(lambda: mine.round.submitted_by).email, PASSWORD)
    author.goto(f"/reviews/of/{mine.round.practice_id}/")
    found["history"] = sins(author)
    house.sign_in(chief, boss.email, PASSWORD)
    chief.goto("/reviews/queue/")
    found["queue"] = sins(chief)
    chief.goto(f"/reviews/queue/{mine.round_id}/")
    found["round"] = sins(chief)
    assert found == {key: [] for key in found}
    for each in (page, author, chief):
        assert each.evaluate("document.documentElement.scrollWidth") <= width
