"""How people call the values of the facets when they ask: «7-й класс», «для началки», «физра», «школа 25»."""

import re
from collections.abc import Callable, Iterator, Mapping
from functools import wraps
from typing import NamedTuple

from django.utils import timezone

from core.choices import GRADES, Level
from core.models import Subject
from core.text import normalise
from practices.choices import Kind
from schools.models import SchoolPage
from search.query.readings import EVERYDAY, SEVERAL


class Name(NamedTuple):
    """What people call a value, or several of them: «началка», «5–6 классы»."""

    #: In any form of its words; an abbreviation in capitals: in these letters only.
    text: str
    values: tuple[str, ...]
    ordinary: bool = False


def named(names: Callable[[], Iterator[Name]]) -> Callable[[], dict[str, str]]:
    """The names as a facet holds them; of two values with one name, the first has it."""

    def mapping() -> dict[str, str]:
        found: dict[str, str] = {}
        for text, values, ordinary in names():
            found.setdefault(EVERYDAY * ordinary + text, SEVERAL.join(values))
        return found

    return wraps(names)(mapping)


#: Practices are dated by the year in which they were made; none is older.
FIRST_YEAR = 1990

# Behind «~»: everyday words too (`search.query.readings.EVERYDAY`).
KINDS = {
    Kind.LESSON: """
        урок; конспект урока; план урока; план-конспект; план-конспект урока; разработка урока; сценарий урока;
        ~занятие; технологическая карта; технологическая карта урока; открытый урок; поурочный план;
        поурочное планирование; конспект занятия; план занятия
    """,
    Kind.MASTER_CLASS: "мастер-класс; мастеркласс",
    Kind.PROGRAMME: """
        программа; рабочая программа; учебная программа; образовательная программа; программа кружка; программа курса;
        программа внеурочной деятельности; программа элективного курса; дополнительная общеразвивающая программа
    """,
    Kind.PROJECT: "проект; учебный проект; школьный проект; социальный проект; образовательный проект",
    Kind.EXPERIENCE: """
        педагогический опыт; опыт работы; опыт учителя; опыт педагога; обобщение опыта; обмен опытом; опыт школы
    """,
    Kind.LOCAL_ACT: """
        локальный акт; локальный нормативный акт; ЛНА; приказ; ~положение; ~регламент
    """,
    Kind.ASSESSMENT: """
        оценочные материалы; контрольная работа; контрольная; проверочная работа; проверочная; диагностическая работа;
        диагностика; диагностическая; тест; КИМ; КИМы; контрольно-измерительные материалы; контрольный срез; срез знаний
    """,
    Kind.EVENT_SCENARIO: """
        сценарий; сценарий мероприятия; сценарий праздника; сценарий вечера; сценарий классного часа;
        внеклассное мероприятие; разработка мероприятия; план мероприятия; методическая разработка мероприятия
    """,
}

LEVELS = {
    Level.PRESCHOOL: """
        дошкольное образование; дошкольник; дошкольница; дошкольный возраст; детский сад; детсад; детсадовец; садик;
        ДОУ; ДОО; подготовительная группа; старшая группа; средняя группа; младшая группа;
        подготовительная к школе группа
    """,
    Level.PRIMARY: """
        начальная школа; начальные классы; начальный класс; началка; начальное общее образование; начальное образование;
        начальное звено; младшие классы; младший школьник; младший школьный возраст; НОО
    """,
    Level.BASIC: "основная школа; основное общее образование; среднее звено; средние классы; ООО",
    Level.SECONDARY: """
        старшая школа; старшие классы; старшеклассник; старшеклассница; старшее звено; старший школьник;
        среднее общее образование; СОО
    """,
}

#: Of each grade: the ordinal, and what the second half of «семиклассник» is put to.
ORDINALS = dict(
    zip(
        GRADES,
        [
            *(("первый", "перво"), ("второй", "второ"), ("третий", "третье"), ("четвёртый", "четверо")),
            *(("пятый", "пяти"), ("шестой", "шести"), ("седьмой", "семи"), ("восьмой", "восьми")),
            *(("девятый", "девяти"), ("десятый", "десяти"), ("одиннадцатый", "одиннадцати")),
        ],
        strict=True,
    )
)

#: Subject as it is called in full -> what else it is called.
SUBJECTS = {
    "русский язык": "русяз; ~русский",
    "литература": "литра; литературное чтение; литчтение",
    "английский язык": "инглиш; англ; ~английский",
    "немецкий язык": "~немецкий",
    "китайский язык": "~китайский",
    "французский язык": "~французский",
    "иностранный язык": "иняз; ~иностранный",
    "математика": "матем; матеша; алгебра; геометрия",
    "информатика": "информ",
    "биология": "ботаника; зоология",
    "история": "история России; всеобщая история; ~история",
    "окружающий мир": "окружайка; ~окружающий мир",
    "изобразительное искусство": "ИЗО; рисование",
    "музыка": "~музыка",
    "труд (технология)": "домоводство; ~труд; ~технология",
    "технология": "~труд; ~технология",
    "физическая культура": "физкультура; физра; физ-ра; физвоспитание",
    "основы безопасности и защиты родины": "ОБЗР; ОБЖ; основы безопасности жизнедеятельности",
    "логопедия и дефектология": "логопедия; дефектология",
}

#: How schools are called by their number, by kind.
SCHOOLS = {
    SchoolPage.Kind.SCHOOL: ("школа", "СОШ"),
    SchoolPage.Kind.LYCEUM: ("лицей", "школа"),
    SchoolPage.Kind.GYMNASIUM: ("гимназия", "школа"),
    SchoolPage.Kind.KINDERGARTEN: ("детский сад", "детсад", "садик", "ДОУ"),
    SchoolPage.Kind.CENTRE: ("центр", "школа"),
}
NUMBER = re.compile(r"№\s?(\d{1,9})")
OWN_NAME = re.compile(r"«([^»]{1,80})»")


def kinds() -> Iterator[Name]:
    return _listed(KINDS)


def levels() -> Iterator[Name]:
    return _listed(LEVELS)


def grades() -> Iterator[Name]:
    """One: «7 класс», «7 кл», «седьмой класс», «семиклассник»; several: «5–6 классы»."""
    for grade, (ordinal, pupil) in ORDINALS.items():
        pupils = [f"{pupil}{ending}" for ending in ("классник", "классница")]
        if grade == GRADES[0]:
            pupils += ["первоклашка"]
        for text in (f"{grade} класс", f"{grade} кл", f"{ordinal} класс", *pupils):
            yield Name(text, (str(grade),))
    for first in GRADES:
        for last in range(first + 1, GRADES[-1] + 1):
            values = tuple(map(str, range(first, last + 1)))
            yield from (Name(f"{first} {last} {word}", values) for word in ("класс", "кл"))


def subjects() -> Iterator[Name]:
    """Of the subjects that there are; what a level or another subject is called in full is not a nickname."""
    found = list(Subject.objects.all())
    taken = {normalise(name.text) for name in levels()}
    in_full = {normalise(subject.name) for subject in found}
    for subject in found:
        own = normalise(subject.name)
        others = [name for name in _split(SUBJECTS.get(own, ""), subject.slug) if name.text not in in_full - {own}]
        if own not in taken | {name.text for name in others}:
            yield Name(subject.name, (subject.slug,))
        yield from others


def schools() -> Iterator[Name]:
    """Titles, names in quotes, and numbers with a word that says of what: «школа № 25», «25-я школа», «лицей Вершина».

    Where a lyceum and a school bear one number, «школа 25» is the school.
    """
    found: dict[str, str] = {}
    pages = SchoolPage.objects.live().values_list("title", "slug", "kind", "number")
    for title, slug, kind, known in sorted(pages, key=lambda page: page[2] != SchoolPage.Kind.SCHOOL):
        in_title = NUMBER.search(title)
        number = known or (in_title and int(in_title[1]))
        words = dict.fromkeys((*_words_in(title), *SCHOOLS[kind]))
        texts = [title, *(f"{word} {name}" for word in words for name in OWN_NAME.findall(title))]
        if number:
            texts += [text for word in words for text in (f"{word} {number}", f"{number} {word}")]
        for text in texts:
            found.setdefault(text, slug)
    yield from (Name(text, (slug,)) for text, slug in found.items())


def _words_in(title: str) -> list[str]:
    """What the title itself says that it is; an import knows no kinds of schools."""
    folded = normalise(title)
    return [words[0] for words in SCHOOLS.values() if folded.startswith(words[0])]


def years() -> Iterator[Name]:
    """«2024», «2024 год», «2023/24 учебный год»."""
    for year in range(FIRST_YEAR, timezone.localdate().year + 2):
        for text in (f"{year}", f"{year} год", f"{year} г"):
            yield Name(text, (str(year),))
        both = (str(year - 1), str(year))
        for last in (f"{year}", f"{year % 100:02}"):
            for words in ("учебный год", "год", ""):
                yield Name(f"{year - 1} {last} {words}", both)


def marks(best: str) -> Iterator[Name]:
    yield Name("лучшая практика", (best,))


def _listed(names: Mapping[str, str]) -> Iterator[Name]:
    for value, texts in names.items():
        yield from _split(texts, str(value))


def _split(texts: str, value: str) -> Iterator[Name]:
    for text in (" ".join(part.split()) for part in texts.split(";")):
        if text:
            yield Name(text.removeprefix(EVERYDAY), (value,), ordinary=text.startswith(EVERYDAY))
