"""From a Word file on a school computer to a published practice: six people, each in a browser of their own."""

import io
import re
from datetime import timedelta

import pypdfium2
import pytest
import qrcode
from django.utils import timezone
from django.utils.formats import date_format
from playwright.sync_api import Locator, Page, expect
from pypdf import PdfReader

from accounts.models import User
from tests.certificates import test_paper as papers
from tests.e2e.backstage import Portal, fetched, keep, letters_to, link_in_letter, picture, post_letters, there, words
from tests.e2e.house import House
from tests.e2e.shadow import (
    AUTHOR,
    EMAIL,
    FROM_WORD,
    MEASURED,
    PROBLEM,
    RESULT,
    SCHOOL,
    SUBJECT,
    SUMMARY,
    TITLE,
    People,
    paper,
    settle,
)
from tests.factories.accounts import PASSWORD
from tests.factories.files import written

pytestmark = [pytest.mark.django_db, pytest.mark.xdist_group("e2e")]

SAVED = re.compile(r"^Сохранено \d\d:\d\d$")
AWAY = "Портал не отвечает. Ваш текст хранится на этом компьютере и уйдёт, когда связь вернётся."
PHONE = {"width": 360, "height": 740}


@pytest.fixture
def portal(address, settings):
    """A server of this test's own beside the shared one, over the same content; letters and papers lead to it."""
    running = Portal()
    settings.BASE_URL = running.address
    yield running
    running.stop()


@pytest.fixture
def house(portal, browser):
    visited = House(portal.address, browser)
    yield visited
    visited.close()
    assert visited.complaints == []


def head(page: Page) -> Locator:
    return page.locator(".page-header")


# What each of them does


def comes_in(page: Page, url: str, person: User) -> None:
    """By a link from a letter: the door first, then where the link leads."""
    page.goto(url)
    page.fill("[name=login]", person.email)
    page.fill("[name=password]", PASSWORD)
    page.get_by_role("button", name="Войти", exact=True).click()
    expect(page).not_to_have_url(re.compile("/accounts/"))


def invites_the_staff(page: Page, people: People) -> str:
    """The coordinator makes a link for the whole school."""
    comes_in(page, f"/membership/schools/{people.school.pk}/", people.coordinator)
    page.get_by_role("button", name="Создать ссылку").click()
    picture(page, "invitation", head(page), page.locator("main section").first)
    return page.locator(".invitation-link code").inner_text()


def makes_an_expert(page: Page, person: User) -> None:
    """In the coordinator's list of people."""
    page.goto("/accounts/people/")
    picture(page, "people", head(page), page.locator(".person").nth(4))
    page.get_by_label("Фамилия, имя или адрес").fill(person.email)
    page.get_by_role("main").get_by_role("button", name="Найти").click()
    page.locator(".person").get_by_label("эксперт").check()
    page.get_by_role("button", name="Сохранить всё на этой странице").click()
    expect(page.locator(".person").get_by_label("эксперт")).to_be_checked()


def registers(page: Page, link: str) -> None:
    """From the school's link through the letter back to the link."""
    page.goto(link)
    page.get_by_role("main").get_by_role("link", name="Зарегистрироваться").click()
    last_name, first_name, patronymic = AUTHOR.split()
    page.get_by_label("Фамилия").fill(last_name)
    page.get_by_label("Имя", exact=True).fill(first_name)
    page.get_by_label("Отчество").fill(patronymic)
    page.get_by_label("Электронная почта").fill(EMAIL)
    page.fill("[name=password1]", PASSWORD)
    page.fill("[name=password2]", PASSWORD)
    for consent in ("processing", "distribution"):
        expect(page.locator(f"[name={consent}]")).not_to_be_checked()
        page.check(f"[name={consent}]")


def confirms_the_address(page: Page) -> None:
    page.get_by_role("main").get_by_role("button", name="Зарегистрироваться").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Подтвердите свой адрес")
    page.goto(link_in_letter(EMAIL, letters_to(EMAIL)[-1]))
    page.get_by_role("button", name="Подтвердить").click()


def finds_both_consents_recorded(page: Page) -> None:
    page.goto("/accounts/profile/")
    picture(page, "profile", head(page), page.locator("[name=category]").last)
    page.goto("/accounts/consents/")
    expect(page.locator("main section").get_by_text("Вы дали согласие")).to_have_count(2)
    page.get_by_text("Отозвать согласие").last.click()
    picture(page, "consents", page.locator("main section").nth(1), page.locator("main section").last)


def joins(page: Page, link: str) -> None:
    page.wait_for_url(link)
    page.get_by_label("Должность").fill("учитель физики")
    page.get_by_role("button", name="Присоединиться").click()
    page.wait_for_url("**/accounts/")
    expect(page.locator(".notice--success .notice__title")).to_have_text(SCHOOL)


def drops_the_file(page: Page) -> None:
    """As a hand does: a file let go over the field."""
    data = page.evaluate_handle(
        """bytes => {
            const carried = new DataTransfer();
            const kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";
            carried.items.add(new File([new Uint8Array(bytes)], "Практика.docx", {type: kind}));
            return carried;
        }""",
        list(paper()),
    )
    page.locator("[data-drop]").dispatch_event("drop", {"dataTransfer": data})
    page.wait_for_url(re.compile(r"/practices/\d+/$"))


def state(page: Page) -> Locator:
    return page.locator("[data-save-state]")


def rich(page: Page, field: str) -> Locator:
    """A field with the editor alive in it."""
    place = page.locator(f"[data-ask={field}]")
    place.scroll_into_view_if_needed()
    return place.locator("[contenteditable]")


def parts_of_text(page: Page) -> list[str]:
    """«готово» or what is left to add, for each of the five parts."""
    return [words(text) for text in page.locator(".parts-nav__state").all_inner_texts()]


def declares_and_submits(page: Page) -> None:
    page.get_by_label("Это моя работа", exact=False).check()
    page.get_by_label("Родители всех учеников", exact=False).check()
    page.get_by_role("button", name="Отправить экспертам").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Практика отправлена")


def judges(page: Page, *, points: int, verdict: str, text: str) -> None:
    """On a phone: the tabs below lead from the text to the rubric and the verdict."""
    page.locator(".review-tabs").get_by_role("link", name="Критерии").click()
    for criterion in page.locator(".judge fieldset:not(.criterion--verdict)").all():
        criterion.locator("label").nth(points).click()
    page.locator(".review-tabs").get_by_role("link", name="Вывод").click()
    page.locator(".criterion--verdict").get_by_text(verdict, exact=True).click()
    page.fill("[name=text]", text)
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    page.get_by_role("button", name="Отдать рецензию").click()
    page.wait_for_url(re.compile(r"/reviews/(#\w+)?$"))


def unread(page: Page) -> Locator:
    return page.locator(".tool__count")


def opens_news(page: Page, title: str) -> None:
    """By the bell in the header."""
    page.locator(".tool--bell").click()
    page.get_by_role("link", name=title).click()


def address_in_qr(certificate: bytes) -> str:
    """The address printed on a certificate, which its QR says too."""
    text = "".join(PdfReader(io.BytesIO(certificate)).pages[0].extract_text().split())
    printed = re.search(r"https?://[^/]+/certificates/[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}/", text).group()
    code = qrcode.QRCode(error_correction=qrcode.constants.ERROR_CORRECT_M, border=0)
    code.add_data(printed)
    assert papers.squares(papers.picture(certificate), len(code.get_matrix())) == code.get_matrix()
    return printed


# The journey


def test_a_practice_goes_from_a_word_file_to_a_verified_certificate(house, portal):
    people = there(settle)
    boss, author, guest = (house.visitor() for _number in range(3))
    phones = [house.visitor(**PHONE) for _expert in people.experts]

    link = invites_the_staff(boss, people)
    makes_an_expert(boss, people.experts[1])
    becomes_a_member(author, link)
    writes(author, portal)
    submits(author)
    is_read_for_the_first_time(phones, people, boss)
    corrects_what_came_back(author)
    is_read_again(phones, people)
    url = is_public(guest, author)
    has_a_certificate(author, guest)
    is_tried_by_a_colleague(house.visitor(), people, author, guest, url)
    was_told_of_everything(author)


def becomes_a_member(author: Page, link: str) -> None:
    registers(author, link)
    picture(author, "signup", author.get_by_role("heading", name="Согласия"), author.locator("main .form-actions"))
    confirms_the_address(author)
    joins(author, link)
    finds_both_consents_recorded(author)


def writes(author: Page, portal: Portal) -> None:
    author.goto("/cabinet/")
    author.get_by_role("main").get_by_role("link", name="Поделиться практикой").click()
    drops_the_file(author)
    told = author.locator(".understood")
    told.get_by_text("Что куда попало").click()
    assert [words(line) for line in told.locator("details li").all_inner_texts()] == [
        f"«{FROM_WORD}» → Название практики",
        "«Актуальность» → В чём была трудность",
        "«Ход урока» → Что сделано",
        "«Что намерили» → Что сделано",
        "«Результаты» → Что получилось",
        "«Что не получилось» → Что не сработало",
        "«Оборудование» → Оборудование",
    ]
    expect(author.get_by_label("Название практики")).to_have_value(FROM_WORD)
    expect(rich(author, "problem")).to_have_text(PROBLEM)
    expect(rich(author, "results")).to_have_text(RESULT)
    cards = author.locator("[data-cards] > [data-card]")
    assert cards.evaluate_all("cards => cards.map(card => card.dataset.kind)") == ["prose", "table", "picture", "prose"]
    picture(author, "understood", head(author), author.locator("[data-ask=title]"))

    author.get_by_role("button", name="Понятно, скрыть").click()
    expect(told).to_have_count(0)
    author.get_by_label("Название практики").fill(TITLE)
    expect(state(author)).to_have_text(SAVED)
    keeps_what_is_typed_while_the_portal_is_away(author, portal)
    assert parts_of_text(author) == ["осталось добавить: 2", "готово", "готово", "готово", "готово"]
    author.get_by_label("Что это").select_option(label="Урок")
    author.locator("[data-ask=subjects]").get_by_label(SUBJECT).check()
    author.locator("[data-ask=grades]").get_by_label("9", exact=True).check()
    expect(author.locator(".parts-nav__state").first).to_have_text("готово")
    expect(state(author)).to_have_text(SAVED)


def keeps_what_is_typed_while_the_portal_is_away(author: Page, portal: Portal) -> None:
    portal.stop()
    author.get_by_label("Коротко о главном").fill(SUMMARY)
    expect(state(author)).to_have_text(AWAY)
    portal.start()
    expect(state(author)).to_have_text(SAVED, timeout=30_000)
    author.reload()
    expect(author.get_by_label("Коротко о главном")).to_have_value(SUMMARY)
    expect(author.get_by_label("Название практики")).to_have_value(TITLE)
    expect(author.locator("[data-local]")).to_be_hidden()


def submits(author: Page) -> None:
    picture(author, "writing", author.locator(".editor"), author.locator("[data-ask=kind]"))
    author.get_by_role("button", name="Отправить…").click()
    expect(author.get_by_role("heading", level=1)).to_have_text("Отправить практику")
    assert author.locator(".finding__quote").all_inner_texts() == ["8 (902) 555-44-33"]
    expect(author.get_by_role("button", name="Отправить экспертам")).to_be_disabled()
    picture(author, "before-submitting", head(author), author.locator("main form").last)
    author.get_by_role("button", name="Я видел(а), оставить").click()
    expect(author.get_by_text("Вы это видели и оставили.")).to_be_visible()
    declares_and_submits(author)
    due = date_format(timezone.localdate() + timedelta(days=10), "j E")
    expect(author.locator(".notice--info > p")).to_have_text(
        [
            "На рецензии",
            "Дождитесь экспертов. Чтобы изменить текст, практику можно отозвать.",
            f"Эксперты должны ответить до {due}.",
        ]
    )


def is_read_for_the_first_time(phones: list[Page], people: People, boss: Page) -> None:
    post_letters()
    subject = f"Вас просят о рецензии на практику «{TITLE}»"
    for phone, expert in zip(phones, people.experts, strict=True):
        assert letters_to(expert.email) == [subject]
        comes_in(phone, link_in_letter(expert.email, subject), expert)
        expect(phone.get_by_role("heading", level=1)).to_have_text(TITLE)
    first, second = phones
    judges(first, points=3, verdict="Принять", text="Беру в свой класс.")
    boss.goto("/reviews/queue/")
    row = boss.locator(".queue tbody tr").filter(has_text=TITLE)
    expect(row.locator(".queue__experts li").first).to_have_text("В. И. Лапина принять")
    picture(boss, "queue", head(boss), boss.locator("main section").last)

    second.locator("#results summary").click()
    second.fill("[name=comment-results]", "Как вы это измерили?")
    picture(second, "review-phone", second.locator("#results"))
    judges(second, points=2, verdict="Вернуть на доработку", text="Хороший урок. Не хватает одного: откуда число 20.")


def corrects_what_came_back(author: Page) -> None:
    post_letters()
    returned = f"Практика «{TITLE}» возвращена вам на доработку"
    assert letters_to(EMAIL)[-1] == returned
    author.goto("/cabinet/")
    picture(author, "returned", head(author), author.locator(".work").first)
    opens_news(author, returned)
    assert author.locator(".opinion h3").all_inner_texts() == ["Эксперт 1: принять", "Эксперт 2: вернуть на доработку"]
    assert words(author.locator(".opinion__comments").inner_text()) == "Что получилось Как вы это измерили?"
    expect(author.locator("main")).not_to_contain_text("Громов")
    author.get_by_role("link", name="Поправить текст").click()
    expect(author.locator("#results .said")).to_contain_text("Как вы это измерили?")
    field = rich(author, "results")
    field.click()
    author.keyboard.press("Control+End")
    author.keyboard.type(f" {MEASURED}")
    expect(state(author)).to_have_text(SAVED)
    picture(author, "said", author.locator("#results"), author.locator("[data-ask=results]"))
    author.get_by_role("button", name="Отправить снова…").click()
    expect(author.get_by_role("heading", level=1)).to_have_text("Отправить снова")
    declares_and_submits(author)


def is_read_again(phones: list[Page], people: People) -> None:
    post_letters()
    for phone, expert in zip(phones, people.experts, strict=True):
        phone.goto(link_in_letter(expert.email, f"Вас просят о рецензии на практику «{TITLE}»"))
        expect(phone.locator(".diff ins")).to_have_text(MEASURED)
    second = phones[1]
    expect(second.locator("#results .remark--earlier")).to_contain_text("Как вы это измерили?")
    picture(second, "changes-phone", second.locator(".review-fold").first)
    for phone in phones:
        judges(phone, points=3, verdict="Принять", text="Теперь ясно.")


def is_public(guest: Page, author: Page) -> str:
    """Found, read, in the feed, and the author is told; returns its address."""
    post_letters()
    published = f"Ваша практика «{TITLE}» опубликована"
    assert letters_to(EMAIL)[-1] == published
    guest.goto("/bank/?q=тень+телескопа")
    assert guest.locator("#found .card__title").all_inner_texts() == [TITLE]
    assert f"<title>{TITLE}</title>" in fetched(guest, "/bank/feed/").body.decode()
    guest.get_by_role("link", name=TITLE).click()
    expect(guest.get_by_role("heading", level=1)).to_have_text(TITLE)
    expect(guest.locator(".practice-head .eyebrow")).to_have_text("Урок Лучшая практика")
    facts = words(guest.locator(".facts").inner_text())
    assert [word for word in (AUTHOR, SCHOOL, SUBJECT, "9 класс") if word not in facts] == []
    expect(guest.locator("#results ~ .prose")).to_have_text(f"{RESULT} {MEASURED}")
    author.goto("/cabinet/")
    expect(unread(author)).to_have_text(re.compile(r"^\d+$"))
    opens_news(author, published)
    expect(author.get_by_role("heading", level=1)).to_have_text(TITLE)
    return author.url


def was_told_of_everything(author: Page) -> None:
    author.goto("/notifications/")
    assert [words(line) for line in author.locator(".told__title a").all_inner_texts()] == [
        f"Коллега провёл урок по вашей практике «{TITLE}»",
        f"Ваша практика «{TITLE}» опубликована",
        f"Практика «{TITLE}» возвращена вам на доработку",
    ]
    author.get_by_role("link", name="Что приходит на почту").click()
    picture(author, "letters", head(author), author.locator(".mail-choices .field").first)


def has_a_certificate(author: Page, guest: Page) -> None:
    author.goto("/cabinet/certificates/")
    given = author.locator(".work")
    expect(given.locator(".work__stage strong")).to_have_text("Свидетельство о публикации")
    answer = fetched(author, given.get_by_role("link", name="Скачать (PDF)").get_attribute("href"))
    assert (answer.status, answer.kind) == (200, "application/pdf")
    shown = pypdfium2.PdfDocument(answer.body)[0].render(scale=1.25).to_pil()
    keep("certificate", written(lambda stream: shown.save(stream, "PNG")))
    guest.goto(address_in_qr(answer.body))
    expect(guest.locator(".notice--success .notice__title")).to_have_text("Подлинное: это свидетельство действительно")
    facts = words(guest.locator(".conditions").inner_text())
    assert [each for each in (f"{AUTHOR} учитель физики, {SCHOOL}", TITLE) if each not in facts] == []


def is_tried_by_a_colleague(colleague: Page, people: People, author: Page, guest: Page, url: str) -> None:
    comes_in(colleague, "/cabinet/", people.colleague)
    colleague.goto(url)
    colleague.locator("main").get_by_role("link", name="Провёл у себя").click()
    yesterday = timezone.localdate() - timedelta(days=1)
    colleague.get_by_label("Когда").fill(yesterday.isoformat())
    colleague.get_by_label("Какой класс").fill("9 «Б»")
    colleague.fill("[name=outcome]", "Тень мерили три часа, спорили ещё неделю.")
    colleague.get_by_role("button", name="Опубликовать отклик").click()
    expect(colleague.get_by_role("status")).to_have_text(re.compile("Спасибо!"))

    author.goto("/cabinet/")
    author.get_by_role("link", name="1 отклик ждёт вашего ответа").click()
    author.locator("main").get_by_role("link", name=TITLE).click()
    author.get_by_label("Ваш ответ").fill("Приходите мерить вместе!")
    author.get_by_role("button", name="Опубликовать ответ").click()
    guest.goto(url)
    report = guest.locator(".report")
    expect(report.locator(".report__head")).to_contain_text("Ким Марина Юрьевна, Лицей № 73")
    expect(report.locator(".report__answer")).to_contain_text("Приходите мерить вместе!")
    picture(guest, "reports", guest.locator("#used"), report)
