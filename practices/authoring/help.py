"""What stands beside each field: how to write it, and a good example.

Examples are content: Russian whatever language the menus speak.
"""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Help:
    """`advice` in a sentence or two, `example` as a colleague wrote it."""

    advice: str | Promise
    example: str = ""


HELP = {
    "title": Help(
        _("What you do and with whom. Words by which a colleague would look for it."),
        "«Остаток — не ошибка: деление с остатком на пуговицах, 3 класс»",
    ),
    "summary": Help(
        _("One to three sentences: shown in lists and in search."),
        "Два урока, на которых третьеклассники сами открывают, откуда берётся остаток. Нужны пуговицы и крышки.",
    ),
    "kind": Help(_("Choose the nearest one: experts will say if another fits better.")),
    "subjects": Help(_("All that it is about. For work of the whole school choose «Управление школой».")),
    "grades": Help(_("None, if it is not tied to a grade.")),
    "levels": Help(_("May be left empty if grades are chosen.")),
    "tags": Help(
        _("Two to five words or short phrases, parted by commas. Suggestions come while you type."),
        "деление с остатком, работа в парах, счётный материал",
    ),
    "year": Help(_("When you last did it with pupils.")),
    "licence": Help(_("CC BY lets colleagues use and change the work if they name you. Most authors choose it.")),
    "problem": Help(
        _("What was hard, for whom, and how you saw it. Numbers help: how many pupils, how many mistakes."),
        "В сентябре 19 из 27 учеников делили 17 на 5 и писали «3» — остаток просто пропадал. На вопрос «а куда делись "
        "две пуговицы?» отвечали: «их не надо».",
    ),
    "body": Help(
        _("Tell it so that a colleague can repeat it tomorrow: step by step, with time, with your words to pupils."),
        "Шаг 1, 8 минут. Пары получают 17 пуговиц и 5 крышек. Задание: разложить поровну. Не подсказываю, что "
        "останется, — жду, пока кто-нибудь спросит.",
    ),
    "results": Help(
        _("What changed and how you know: a test before and after, pupils' works, what parents say."),
        "В ноябре ту же задачу решили верно 24 из 27. Трое путают остаток и частное — с ними занимаюсь отдельно.",
    ),
    "did_not_work": Help(
        _("Spares a colleague the same mistake. Experts value this honesty."),
        "Фасоль вместо пуговиц не годится: раскатывается, и полурока уходит на сбор.",
    ),
    "class_size": Help(_("For how many pupils it works."), "от 12 до 30, нужны пары"),
    "duration": Help(_("How long it takes, preparation too."), "2 урока по 40 минут, на подготовку вечер"),
    "equipment": Help(_("What must be at hand."), "17 пуговиц и 5 крышек на пару, доска; компьютер не нужен"),
    "special_needs": Help(
        _("What you change for pupils with special needs."),
        "Для слабовидящих — крупные пуговицы контрастного цвета; для ребёнка с ЗПР — 7 пуговиц вместо 17.",
    ),
    "materials": Help(
        _("What a colleague would otherwise make anew: handouts, presentations, tests."),
        "Карточки для пар (DOCX), презентация (PPTX), проверочная работа (PDF)",
    ),
}
