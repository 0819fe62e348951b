"""The portal's look at a whole practice: what, where, and that «I have seen it» lasts."""

import pytest
from django.utils.translation import override

from files.models import DocumentText
from practices.inspection import inspect
from practices.models import PracticeAuthor, PracticeMaterial, Submission
from tests.factories import files, pages
from tests.factories.accounts import UserFactory

pytestmark = pytest.mark.django_db

PUPILS = ["Иванов Петя", "Петрова Маша", "Цой Артём", "Пак Лиза", "Кимерчук Даша"]


def prose(html: str) -> dict:
    return {"type": "prose", "value": html, "id": "a"}


def table(header: list[str], *rows: list[str]) -> dict:
    columns = [{"type": "text", "heading": cell} for cell in header]
    value = {"table": {"columns": columns, "rows": [{"values": row} for row in rows], "caption": ""}}
    return {"type": "table", "value": value, "id": "t"}


def look(practice) -> list[tuple[str, str, str]]:
    with override("ru"):
        return [(finding.kind, finding.section, finding.quote) for finding in inspect(practice)]


def test_each_section_is_looked_at():
    step = {"type": "step", "value": {"title": "Отвечает Попов Саша", "minutes": 5, "text": "<p>а</p>"}, "id": "s"}
    practice = pages.draft(
        title="Урок с Настей Гончаренко",
        summary="Пишите: petya@mail.ru",
        problem="<p>Сидоров Коля не делит.</p>",
        body=[prose("<p>Спокойный текст.</p>"), step],
        results="<ul><li>Ковалёва Маша делит</li></ul>",
        did_not_work="<p>Звонили маме: 8 914 123-45-67</p>",
        equipment="ключ у Смирнова Кирилла, 10-А",
    )
    assert look(practice) == [
        ("pupil", "about", "Настей Гончаренко"),
        ("email", "about", "petya@mail.ru"),
        ("pupil", "problem", "Сидоров Коля"),
        ("pupil", "body", "Попов Саша"),
        ("pupil", "results", "Ковалёва Маша"),
        ("phone", "results", "8 914 123-45-67"),
        ("pupil", "transfer", "Смирнова Кирилла"),
    ]


def test_a_quiet_text_has_nothing_to_tell():
    assert look(pages.draft(body=[prose("<p>Читаем Николая Носова, делим яблоки Маши и Пети.</p>")])) == []


@pytest.mark.parametrize(
    "body",
    [
        [prose("<ol>" + "".join(f"<li>{name}</li>" for name in PUPILS) + "</ol>")],
        [prose("".join(f"<p>{number}. {name} — 5</p>" for number, name in enumerate(PUPILS, 1)))],
        [table(["№", "Ученик", "Балл"], *([str(number), name, "5"] for number, name in enumerate(PUPILS, 1)))],
    ],
)
def test_a_class_list_is_one_finding(body):
    assert look(pages.draft(body=body)) == [("class_list", "body", "Иванов Петя, Петрова Маша, Цой Артём и ещё 2")]


def test_materials_are_looked_at_too():
    practice = pages.draft()
    document = files.document("Список.txt")
    DocumentText.objects.create(document=document, parts=[[1, "Спокойно."], [2, "\n".join(PUPILS)]])
    PracticeMaterial.objects.create(page=practice, document=document)
    with override("ru"):
        (found,) = inspect(practice)
    assert (found.kind, found.section) == ("class_list", "transfer")
    assert found.message.startswith("В файле «Список.txt»: Похоже на список учеников: 5 имён.")


def test_authors_and_whoever_answers_for_it_may_be_named_with_their_addresses():
    author = UserFactory(last_name="Берёзкина", first_name="Ирина", patronymic="Андреевна", email="irina@mail.ru")
    writer = UserFactory(last_name="Ковалёв", first_name="Пётр", patronymic="", email="kovalev@mail.ru")
    practice = pages.draft(
        body=[prose("<p>Ирина Берёзкина (irina@mail.ru) и Пётр Ковалёв (Kovalev@mail.ru), а с ними Анна Цой.</p>")]
    )
    PracticeAuthor.objects.create(page=practice, user=author)
    PracticeAuthor.objects.create(page=practice, name="Цой Анна Львовна")
    Submission.objects.create(practice=practice, author=writer)
    practice.refresh_from_db()
    assert look(practice) == []


def test_what_is_said_twice_is_told_once():
    assert look(pages.draft(body=[prose("<p>Попов Саша.</p><p>И снова Попов Саша.</p>")])) == [
        ("pupil", "body", "Попов Саша")
    ]


def test_a_finding_keeps_its_key_while_the_quote_stays():
    before = inspect(pages.draft(body=[prose("<p>Попов Саша решил.</p>")]))
    after = inspect(
        pages.draft(title="Иначе", body=[prose("<p>Начало.</p>"), prose("<p>А потом Попов  Саша ушёл.</p>")])
    )
    elsewhere = inspect(pages.draft(results="<p>Попов Саша решил.</p>"))
    assert [finding.key for finding in before] == [finding.key for finding in after]
    assert before[0].key != elsewhere[0].key


def test_the_keys_do_not_depend_on_the_readers_language():
    practice = pages.draft(body=[prose("<ol>" + "".join(f"<li>{name}</li>" for name in PUPILS) + "</ol>")])
    with override("ru"):
        russian = inspect(practice)
    with override("en"):
        english = inspect(practice)
    assert [finding.key for finding in russian] == [finding.key for finding in english]


def test_there_is_an_end_to_findings():
    lines = "".join(f"<p>Звонить: 8 914 123-{number:04d}</p>" for number in range(500))
    assert len(inspect(pages.draft(body=[prose(lines)]))) == 60


@pytest.mark.parametrize("count", [1, 30])
def test_many_pictures_and_blocks_are_looked_at_in_a_constant_number_of_queries(count, django_assert_num_queries):
    image = files.image()
    picture = {"type": "picture", "value": {"image": image.pk, "alt": "", "caption": ""}, "id": "p"}
    practice = pages.draft(body=[prose("<p>Текст.</p>"), picture] * count)
    practice.refresh_from_db()
    with django_assert_num_queries(4):
        inspect(practice)
