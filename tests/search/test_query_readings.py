"""Which words of a query are taken for names of facets' values."""

import pytest

from core.models import Subject
from practices.facets import FACETS
from search.query import parse
from search.query.readings import NameBook, read
from tests.factories import pages

pytestmark = pytest.mark.django_db

SUBJECTS = [
    *("Физика", "Математика", "Литература", "История", "Музыка", "Начальная школа", "Дошкольное образование"),
    *("Русский язык", "Английский язык", "Труд (технология)", "Физическая культура", "Изобразительное искусство"),
]
SCHOOLS = ["Лицей «Вершина» № 101", "Школа № 25", "Гимназия № 25", "Гимназия № 103"]

#: Query -> facet and label of what is read in it; and what the query is without each.
TABLE = {
    "физика 7 класс": {"subject Физика": "7 класс", "grade 7": "физика"},
    "физике": {"subject Физика": ""},
    "Законы ФИЗИКИ": {"subject Физика": "Законы"},
    "7-й класс": {"grade 7": ""},
    "дроби в 5-м классе": {"grade 5": "дроби"},
    "для седьмого класса": {"grade 7": ""},
    "семиклассники и пятиклассница": {"grade 7": "пятиклассница", "grade 5": "семиклассники"},
    "7 кл.": {"grade 7": "."},
    "класс": {},
    "7": {},
    "5б": {},
    "7б класс": {},
    "7 классных часов": {},
    "5-6 классы": {"grade 5–6": ""},
    "дроби, 1–4 классы": {"grade 1–4": "дроби"},
    "с 7 по 9 класс": {"grade 7–9": ""},
    "10-11-х классов": {"grade 10–11": ""},
    "5 класс и 7 класс": {"grade 5": "7 класс", "grade 7": "5 класс"},
    "сценарий для началки": {
        "kind Сценарий мероприятия": "для началки",
        "level Начальная школа, 1–4 классы": "сценарий",
    },
    "чтение в начальных классах": {"level Начальная школа, 1–4 классы": "чтение"},
    "начальная школа": {"level Начальная школа, 1–4 классы": ""},
    "младшим школьникам": {"level Начальная школа, 1–4 классы": ""},
    "игры для дошкольников": {"level Дошкольное образование": "игры"},
    "детский сад": {"level Дошкольное образование": ""},
    "ДОУ": {"level Дошкольное образование": ""},
    "доу": {"level Дошкольное образование": ""},
    "до уроков": {"kind Урок": ""},
    "старшеклассникам": {"level Средняя школа, 10–11 классы": ""},
    "литра": {"subject Литература": ""},
    "физра": {"subject Физическая культура": ""},
    "физическая культура": {"subject Физическая культура": ""},
    "физическая подготовка": {},
    "ИЗО": {"subject Изобразительное искусство": ""},
    "изо всех сил": {"subject Изобразительное искусство": "всех сил"},
    "русский": {"subject Русский язык": ""},
    "русский 5 класс": {"subject Русский язык": "5 класс", "grade 5": "русский"},
    "урок русского": {"kind Урок": "русского", "subject Русский язык": "урок"},
    "тест по русскому": {"kind Оценочные материалы": "по русскому", "subject Русский язык": "тест"},
    "русские народные сказки": {},
    "русский язык": {"subject Русский язык": ""},
    "история школы": {},
    "по истории школы": {},
    "викторина по истории": {"subject История": "викторина"},
    "история России": {"subject История": ""},
    "технология критического мышления": {},
    "технология": {"subject Труд (технология)": ""},
    "труд учителя": {},
    "проект по технологии": {"kind Проект": "по технологии", "subject Труд (технология)": "проект"},
    "рабочая программа кружка": {"kind Программа": "кружка"},
    "рабочая тетрадь": {},
    "конспект урока физики": {"kind Урок": "физики", "subject Физика": "конспект урока"},
    "сценарий урока": {"kind Урок": ""},
    "Мастер класс": {"kind Мастер-класс": ""},
    "мастер-класса 2024": {"kind Мастер-класс": "2024", "year 2024": "мастер-класса"},
    "положение": {"kind Локальный акт": ""},
    "положение тела": {},
    "контрольная по математике": {"kind Оценочные материалы": "по математике", "subject Математика": "контрольная"},
    "алгебра": {"subject Математика": ""},
    "школа 25": {"school Школа № 25": ""},
    "опыт школы № 25": {"kind Педагогический опыт": "№ 25"},
    "25-я школа": {"school Школа № 25": ""},
    "гимназия 25": {"school Гимназия № 25": ""},
    "школа № 103": {"school Гимназия № 103": ""},
    "лицей вершина": {"school Лицей «Вершина» № 101": ""},
    "школа 7 класс": {"grade 7": "школа"},
    "школа 999": {},
    "2024": {"year 2024": ""},
    "планы в 2024 году": {"year 2024": "планы"},
    "2024/25 учебный год": {"year 2024–2025": ""},
    "1812 год": {},
    '"физика 7 класс"': {},
    "проект -физика": {"kind Проект": "-физика"},
    '7 "а" класс': {},
    "лучшие практики": {"mark Лучшая практика": ""},
}


class Numbers(dict):
    """The index has every value but years before 2000."""

    def __contains__(self, pair):
        return pair[0] != "year" or int(pair[1]) >= 2000

    def __missing__(self, pair):
        return 1


@pytest.fixture
def names():
    Subject.objects.bulk_create(Subject(name=name, slug=f"subject-{n}") for n, name in enumerate(SUBJECTS))
    for title in SCHOOLS:
        pages.school_page(title)
    return NameBook({facet.name: facet for facet in FACETS}, Numbers())


def test_names_are_read_and_taken_away(names):
    told = {}
    for text in TABLE:
        _clauses, readings = read(parse(text).clauses, text, names)
        told[text] = {f"{reading.facet} {reading.label}": reading.text_without for reading in readings}
    assert {text: (told[text], TABLE[text]) for text in TABLE if told[text] != TABLE[text]} == {}


def test_words_of_a_name_become_one_clause_found_as_typed_or_by_the_value(names):
    clauses, _readings = read(parse("дроби 5-6 классы физика").clauses, "дроби 5-6 классы физика", names)
    assert {clause.surface: clause.alternatives for clause in clauses} == {
        "дроби": ((("дроб",),),),
        "5-6 классы": ((("5",), ("6",), ("класс",)), (("=1", "=1"),)),
        "физика": ((("физик",),), (("=1",),)),
    }


def test_a_practice_of_the_subject_and_grade_is_found_without_their_names_in_its_text(client):
    pages.practice(title="Баржа из фольги", subject="Физика", grades=[7], summary="Кто увезёт больше груза.")
    pages.practice(title="Другая баржа", subject="Литература", grades=[7], summary="Стихи о реке.")
    results = client.get("/search/", {"q": "баржа физика 7 класс"}).context["results"]
    assert [hit.title for hit in results.hits if not hit.by_meaning] == ["Баржа из фольги"]
    assert [(r.title, r.label, r.text_without) for r in results.readings] == [
        ("Предмет", "Физика", "баржа 7 класс"),
        ("Класс", "7", "баржа физика"),
    ]
    literal = client.get("/search/", {"q": "баржа физика 7 класс", "literal": "1"}).context["results"]
    assert (literal.total, literal.readings) == (0, [])
