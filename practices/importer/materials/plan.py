"""What an outline asks for: each of its lines as a table, a checklist, a question, a card or a key."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from itertools import groupby

HEAD_ENDS = re.compile(r"(?<=[^\d\s]): ")  # not the ratio of «масштаб 1 : 10»
SEMICOLON = re.compile(r";\s*")
COMMA = re.compile(r",\s+(?![^«]*»)(?![^(]*\))")


class Form(StrEnum):
    """How a line is set: the names are those of branches in the makers."""

    KEY = "key"
    TABLE = "table"
    QUESTION = "question"
    BLANK = "blank"
    CARD = "card"
    CHECKLIST = "checklist"
    FORM = "form"
    TEXT = "text"


#: The first that fits, by the line's own words.
SIGNS = [
    (Form.KEY, re.compile(r"ключ|ответы|для учителя|решение и контрольные|комментарий", re.IGNORECASE)),
    (
        Form.TABLE,
        re.compile(r"^(таблиц|бланк|протокол|журнал|график|форма |карта:|лист:|лист наблюд|лист учёта)", re.IGNORECASE),
    ),
    (
        Form.QUESTION,
        re.compile(r"\?|^вопрос|^что (удивило|изменили|проверим|меняем)|^почему|^как догадал", re.IGNORECASE),
    ),
    (Form.BLANK, re.compile(r"…|^(мо[йёяи]|мне|я|сегодня|подпис\w+|имя|дата|кто|номер|решение)\b", re.IGNORECASE)),
    (
        Form.CARD,
        re.compile(
            r"^(карточк|станци|задани|экспедици|билет|программа \d|лист \d|работа [абв]|сочинени)", re.IGNORECASE
        ),
    ),
]


HEADS = {Form.FORM: "Записи", Form.CHECKLIST: "Не забыть"}
#: Bare lines of a file with such a title are rows to fill in, or steps to tick off; of others, sections.
FILLED = re.compile(
    r"лист|бланк|протокол|паспорт|карта|журнал|дневник|разворот|закладка|отчёт|заготовка|договор|шаблон|образец|письмо",
    re.IGNORECASE,
)
TICKED = re.compile(
    r"памятка|чек-лист|инструкция|правила|критери|приём|комплект|^как |маршрут|карточки|изготовление", re.IGNORECASE
)


@dataclass(frozen=True)
class Item:
    """A line of an outline: «head: part, part», and the paragraphs on the lines below it."""

    form: Form
    head: str
    parts: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def for_teacher(self) -> bool:
        return self.form is Form.KEY


def items_of(outline: Iterable[str]) -> list[Item]:
    """The outline's entries in their order; empty ones are left out."""
    return [
        _item(*lines)
        for entry in outline
        if (lines := [" ".join(line.split()) for line in entry.splitlines() if line.strip()])
    ]


def gathered(title: str, items: Iterable[Item]) -> list[Item]:
    """The items with neighbouring bare lines made one form or one checklist, where the file's title says so."""
    form = Form.CHECKLIST if TICKED.search(title) else Form.FORM if FILLED.search(title) else None
    if form is None:
        return list(items)
    made: list[Item] = []
    for bare, group in groupby(items, key=lambda item: item.form is Form.TEXT and not item.parts and not item.notes):
        neighbours = list(group)
        if bare and len(neighbours) > 1:
            made.append(Item(form, HEADS[form], tuple(item.head for item in neighbours)))
        else:
            made += neighbours
    return made


def _item(line: str, *notes: str) -> Item:
    head, *tail = HEAD_ENDS.split(line, maxsplit=1)
    parts = _parts(tail[0]) if tail else ()
    form = next((form for form, sign in SIGNS if sign.search(line)), Form.CHECKLIST if len(parts) > 1 else Form.TEXT)
    return Item(form, head, parts, notes)


def _parts(text: str) -> tuple[str, ...]:
    pieces = (SEMICOLON if ";" in text else COMMA).split(text)
    return tuple(_sentence(piece.strip()) for piece in pieces if piece.strip())


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:]
