"""What stands on the portal while browsers walk through it: a little of everything."""

from django.db import transaction
from wagtail.models import Site

from accounts.models import User
from core.models import Subject
from home.models import SiteSettings, StandardPage
from practices.dressing import dress
from practices.models import PracticePage
from tests.factories import files, pages
from tests.factories.accounts import PASSWORD, UserFactory

TEACHER = "teacher@school.example"
TITLE = "Читательская грамотность на географии: читаем карту города"
SHEET, PAPER = "Карточки для групп", "Лист наблюдений"
VIDEO = "https://rutube.ru/video/0123456789abcdef0123456789abcdef/"

FULL_BODY = [
    {"type": "heading", "value": "Ход урока"},
    {"type": "paragraph", "value": "Читаем легенду карты вслух и спорим."},
    {"type": "list", "value": ["карта", "линейка"]},
    {"type": "quote", "value": {"text": "Я думал, это дорога, а это изотерма.", "source": "ученик 6 класса"}},
    {"type": "step", "value": {"title": "Ищем свою улицу", "minutes": 12, "text": "В парах."}},
    {"type": "table", "value": {"caption": "Итог", "header": ["Было", "Стало"], "rows": [["11", "2"]]}},
    {"type": "callout", "value": "Не торопитесь раздавать подсказки."},
]


def make() -> None:
    """All of it, committed; the portal's services as an import and an editor would call them."""
    home = pages.home_page()
    pages.bank_page()
    UserFactory(email=TEACHER, roles=["teacher"])
    practices()
    with transaction.atomic():
        about = standard_page(home)
        front_page(home)
        menus(about)


def practices() -> None:
    outcome = pages.import_records(
        pages.record(
            title=TITLE,
            summary="Шестиклассники учатся вычитывать из карты то, чего нет в тексте.",
            subject="География",
            grades=[6],
            kind="lesson",
            tags=["читательская грамотность", "карта"],
            authors=["Берёзкина Ирина Алексеевна"],
            did_not_work="Работа по одному: сильные скучали.",
            conditions={"class_size": "до 30 человек"},
            body=FULL_BODY,
        ),
        pages.record(title="Читательская грамотность в сказках", subject="Литература", grades=[5], kind="project"),
        *(pages.record(title=f"Устный счёт: приём {number}") for number in range(1, 25)),
    )
    outlines = [
        {"title": SHEET, "format": "docx", "outline": ["Карточка 1: найди порт", "Карточка 2: измерь бухту"]},
        {"title": PAPER, "format": "pdf", "outline": ["Таблица: имя, вопрос, ответ"]},
    ]
    with transaction.atomic():
        dress(outcome.created[0], outlines)


def practice() -> PracticePage:
    return PracticePage.objects.get(title=TITLE)


def standard_page(home) -> StandardPage:
    picture = {"image": files.image().pk, "alt": "Карта", "caption": "Карта города"}
    page = StandardPage(title="О портале", slug="about", summary="Зачем он нужен.")
    page.body = [
        {
            "type": "prose",
            "value": "<h3>Зачем</h3><p>Чтобы не открывать заново.</p><h4>Кому</h4><ul><li>всем</li></ul>",
        },
        {"type": "picture", "value": picture},
        {"type": "gallery", "value": {"pictures": [picture, picture]}},
        {"type": "document", "value": {"document": files.document().pk, "note": "для печати"}},
        {"type": "callout", "value": "<p>Совет.</p>"},
        {"type": "embed", "value": {"url": VIDEO, "title": "Фрагмент урока"}},
    ]
    home.add_child(instance=page)
    page.save_revision().publish()
    return page


def front_page(home) -> None:
    home.body = [
        {"type": "search", "value": {"title": "Найдите практику", "text": "Уроки города.", "examples": ["дроби"]}},
        {"type": "newest", "value": {"title": "Новые практики", "count": 3}},
        {"type": "kinds", "value": {"title": "Что можно найти"}},
        {"type": "subjects", "value": {"title": "По предметам"}},
        {"type": "numbers", "value": {"title": "Сегодня на портале"}},
        {"type": "prose", "value": "<h3>Зачем этот портал</h3><p>Чтобы делиться.</p>"},
        {"type": "callout", "value": "<p>Читать можно без входа.</p>"},
    ]
    home.save_revision().publish()


def menus(about: StandardPage) -> None:
    around = SiteSettings.for_site(Site.objects.get(is_default_site=True))
    bank = pages.bank_page()
    around.menu = [
        {"type": "link", "value": {"title": "Банк практик", "page": bank.pk, "url": ""}},
        {"type": "link", "value": {"title": "О портале", "page": about.pk, "url": ""}},
    ]
    links = [{"type": "item", "value": {"title": "О портале", "page": about.pk, "url": ""}}]
    around.footer = [{"type": "column", "value": {"title": "Портал", "links": links}}]
    around.about = "Портал учителей города."
    around.contact_email, around.contact_phone = "portal@example.org", "+7 423 000-00-00"
    around.save()


def teacher() -> tuple[str, str]:
    """Whom to sign in as: address and password."""
    return User.objects.get(email=TEACHER).email, PASSWORD


def subject_path() -> str:
    return f"/bank/subjects/{Subject.objects.get(name='География').slug}/"
