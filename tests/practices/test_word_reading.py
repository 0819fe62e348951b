"""A Word file becomes the parts of a practice, and its author is told what went where."""

import pytest
from django.core.files.base import ContentFile
from django.utils.translation import override

from core.blocks import TextBody
from files.models import PortalImage
from practices.authoring import word
from practices.authoring.word.understood import PLACES
from tests.factories import files
from tests.factories.accounts import UserFactory
from tests.factories.word import Paper

pytestmark = pytest.mark.django_db


def read(paper: Paper, name: str = "Практика.docx") -> word.Understood:
    with override("ru"):
        return word.read(paper.file(name), uploader=UserFactory())


def body(made: word.Understood) -> list[tuple]:
    return [(block["type"], block["value"]) for block in made.body]


def placed(*headings: tuple[str, str]) -> list[tuple[str, str]]:
    """Headings with what the form calls these fields."""
    with override("ru"):
        return [(heading, str(PLACES[field])) for heading, field in headings]


def lesson() -> Paper:
    """A plan of a lesson as most are written: no styles, bold lines, labels with colons."""
    return (
        Paper()
        .text("Муниципальное бюджетное общеобразовательное учреждение", "«Средняя школа № 5»")
        .bold("Конспект урока по математике")
        .bold("«Деление с остатком»")
        .text("Автор: Берёзкина И. А., учитель начальных классов", "Владивосток, 2024")
        .bold("Цель: ", "научить делить с остатком")
        .bold("Оборудование: ", "проектор, пуговицы")
        .text("Класс: 3", "Время: 45 минут")
        .bold("Актуальность")
        .text("Дети не видят, откуда берётся остаток.")
        .bullets("путают его с частным", "теряют его")
        .bold("Ход урока")
        .bold("1. Оргмомент (2 мин)")
        .text("Здравствуйте!")
        .bold("2. Работа в парах (10–15 минут)")
        .text("Раскладываем пуговицы.")
        .bullets("по три", "по четыре")
        .picture(alt="Рисунок 1")
        .caption("Рис. 1. Пары за работой")
        .table(["Этап", "Учитель"], ["Начало", "Спрашивает"])
        .bold("Результаты")
        .text("Ошибок стало меньше.")
        .caption("Таблица 1. Ошибки")
        .table(["Было", "Стало"], ["40 %", "10 %"])
        .bold("Что не получилось")
        .text("Не хватило времени.")
        .bold("Список литературы")
        .bullets("Моро М. И. Математика. — М., 2019", ordered=True)
    )


def test_a_plan_of_a_lesson_fills_the_sections():
    made = read(lesson())
    assert made.title == "Конспект урока по математике «Деление с остатком»"
    assert made.problem == (
        "<p>Дети не видят, откуда берётся остаток.</p><ul><li>путают его с частным</li><li>теряют его</li></ul>"
    )
    assert made.results == "<p>Ошибок стало меньше.</p>"
    assert made.did_not_work == "<p>Не хватило времени.</p>"
    assert (made.equipment, made.duration, made.grades) == ("проектор, пуговицы", "45 минут", [3])
    picture = PortalImage.objects.get()
    assert body(made) == [
        ("prose", "<p><b>Цель: </b>научить делить с остатком</p><h3>Ход урока</h3>"),
        ("step", {"title": "Оргмомент", "minutes": 2, "text": "<p>Здравствуйте!</p>"}),
        (
            "step",
            {
                "title": "Работа в парах",
                "minutes": 10,
                "text": "<p>Раскладываем пуговицы.</p><ul><li>по три</li><li>по четыре</li></ul>",
            },
        ),
        ("picture", {"image": picture.pk, "alt": "Пары за работой", "caption": "Рис. 1. Пары за работой"}),
        (
            "table",
            {
                "table": {
                    "columns": [{"type": "text", "heading": "Этап"}, {"type": "text", "heading": "Учитель"}],
                    "rows": [{"values": ["Начало", "Спрашивает"]}],
                    "caption": "",
                }
            },
        ),
        (
            "prose",
            "<h3>Список литературы</h3><ol><li>Моро М. И. Математика. — М., 2019</li></ol><h3>Результаты</h3>",
        ),
        (
            "table",
            {
                "table": {
                    "columns": [{"type": "text", "heading": "Было"}, {"type": "text", "heading": "Стало"}],
                    "rows": [{"values": ["40 %", "10 %"]}],
                    "caption": "Таблица 1. Ошибки",
                }
            },
        ),
    ]


def test_its_author_sees_what_went_where():
    made = read(lesson())
    assert made.outline == placed(
        ("Конспект урока по математике «Деление с остатком»", "title"),
        ("Оборудование", "equipment"),
        ("Класс", "grades"),
        ("Время", "duration"),
        ("Актуальность", "problem"),
        ("Ход урока", "body"),
        ("1. Оргмомент (2 мин)", "body"),
        ("2. Работа в парах (10–15 минут)", "body"),
        ("Результаты", "results"),
        ("Что не получилось", "did_not_work"),
        ("Список литературы", "body"),
    )
    moved, title_page = made.notes
    assert "«Результаты»" in moved
    assert "«Средняя школа № 5»; «Автор: Берёзкина И. А., учитель начальных классов»; «Владивосток, 2024»" in title_page


def test_the_blocks_are_what_the_editor_stores():
    block = TextBody()
    stream = block.to_python(read(lesson()).body)
    assert [child.block_type for child in stream] == ["prose", "step", "step", "picture", "table", "prose", "table"]
    assert block.clean(stream)
    assert len({child.id for child in stream}) == len(stream)


def test_headings_of_word_fill_the_sections():
    made = read(
        Paper()
        .title("Пуговицы и остаток")
        .heading("Введение")
        .text("Дети боятся деления.")
        .heading("Кого спросили", 2)
        .text("Троих коллег.")
        .heading("Описание опыта")
        .text("Делим вещами.")
        .heading("Первый день", 2)
        .text("Раскладываем.")
        .heading("Результативность")
        .text("Стало лучше.")
        .heading("Диагностика", 2)
        .text("В октябре и в мае.")
        .heading("Условия переноса")
        .text("Нужны пуговицы.", "И крышки.")
        .heading("Дети с ОВЗ")
        .text("Крупные пуговицы.")
    )
    assert made.title == "Пуговицы и остаток"
    assert made.problem == "<p>Дети боятся деления.</p><p><b>Кого спросили</b></p><p>Троих коллег.</p>"
    assert body(made) == [("prose", "<p>Делим вещами.</p><h3>Первый день</h3><p>Раскладываем.</p>")]
    assert made.results == "<p>Стало лучше.</p><p><b>Диагностика</b></p><p>В октябре и в мае.</p>"
    assert made.equipment == "Нужны пуговицы; И крышки"
    assert made.special_needs == "Крупные пуговицы"


def test_a_table_of_labels_is_read_as_labels():
    made = read(
        Paper()
        .table(["Тема урока:", "«Остаток»"], ["Класс", "5–7"], ["Оборудование", "мел"], ["Цель", "учить делить"])
        .text("Начали с игры.")
    )
    assert (made.title, made.grades, made.equipment) == ("Остаток", [5, 6, 7], "мел")
    assert body(made) == [("prose", "<p><b>Цель.</b> учить делить</p><p>Начали с игры.</p>")]


def test_summary_keywords_and_a_title_of_the_theme():
    made = read(
        Paper()
        .text("Тема: «Учимся спорить».")
        .text("Ключевые слова: дебаты, речь; 8 класс.")
        .bold("Аннотация")
        .text("Четыре урока о споре.")
        .bold("Содержание")
        .text("Спорим.")
    )
    assert (made.title, made.tags, made.summary) == (
        "Учимся спорить",
        ["дебаты", "речь", "8 класс"],
        "Четыре урока о споре.",
    )
    assert body(made) == [("prose", "<p>Спорим.</p>")]


def test_a_long_summary_is_cut_at_a_sentence_and_kept_whole_in_the_text():
    sentence = "Мы делили с остатком всё, что нашли в классе и в коридоре. "
    made = read(Paper().heading("Аннотация").text(sentence * 12).heading("Содержание").text("Делим."))
    assert made.summary == (sentence * 8).strip()
    assert body(made) == [("prose", f"<p>{(sentence * 12).strip()}</p>"), ("prose", "<p>Делим.</p>")]


def test_what_is_too_long_for_a_line_of_the_form_goes_into_the_text():
    made = read(Paper().heading("Оборудование").text("Пуговицы. " * 150).heading("Ход урока").text("Делим."))
    assert made.equipment == ""
    assert made.body[0]["value"].startswith("<h3>Оборудование</h3><p>Пуговицы.")
    assert made.outline == placed(("Оборудование", "body"), ("Ход урока", "body"))
    assert "«Оборудование»" in made.notes[0]


def test_merged_cells_lists_in_cells_and_frames():
    paper = Paper().text("Начало.").table(["А", "Б", "В"], ["1", "", "2"], merged=((1, 0), (1, 1)))
    cell = paper.document.tables[0].cell(1, 2)
    cell.add_paragraph("слушают")
    cell.add_paragraph("отвечают.")
    made = read(paper.table(["Запомни: остаток меньше делителя"]))
    kinds = body(made)
    assert kinds[1][1]["table"]["rows"] == [{"values": ["1", "", "2; слушают; отвечают."]}]
    assert kinds[2] == ("prose", "<p>Запомни: остаток меньше делителя</p>")


def test_links_emphasis_and_powers():
    made = read(
        Paper()
        .text("Начало.")
        .link("сайт", "https://ya.ru/?a=1&b=2")
        .link("диск", "file:///c:/мои документы/план.docx")
        .xml(
            "<w:r><w:rPr><w:b/></w:rPr><w:t>важно</w:t></w:r>"
            '<w:r><w:rPr><w:i/></w:rPr><w:t xml:space="preserve"> очень</w:t></w:r>'
        )
        .xml('<w:r><w:t>10</w:t></w:r><w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr><w:t>2</w:t></w:r>')
    )
    link = '<a href="https://ya.ru/?a=1&amp;b=2">сайт</a>'
    said = f"<p>Начало.</p><p>{link}</p><p>диск</p><p><b>важно</b><i> очень</i></p><p>10²</p>"
    assert body(made) == [("prose", said)]


MATH = "<m:oMath><m:f><m:num><m:r><m:t>a+b</m:t></m:r></m:num><m:den><m:r><m:t>2</m:t></m:r></m:den></m:f></m:oMath>"
FRAME = (
    "<w:r><w:pict><v:shape><v:textbox><w:txbxContent><w:p><w:r><w:t>В рамке</w:t></w:r></w:p></w:txbxContent>"
    "</v:textbox></v:shape></w:pict></w:r>"
)
CORRECTED = (
    '<w:ins w:id="1" w:author="А"><w:r><w:t>новое</w:t></w:r></w:ins>'
    '<w:del w:id="2" w:author="А"><w:r><w:delText>старое</w:delText></w:r></w:del>'
)


@pytest.mark.parametrize(
    ("inner", "text", "note"),
    [
        (MATH, "<p>(a+b)/2</p>", "Формул"),
        (FRAME, "<p>В рамке</p>", "рамок"),
        (CORRECTED, "<p>новое</p>", "исправлен"),
        ('<w:r><w:t>слово</w:t></w:r><w:r><w:commentReference w:id="0"/></w:r>', "<p>слово</p>", "Примечания на полях"),
    ],
)
def test_what_word_has_and_a_page_has_not_is_told(inner, text, note):
    made = read(Paper().text("Начало.").xml(inner))
    assert body(made) == [("prose", f"<p>Начало.</p>{text}")]
    assert [note in words for words in made.notes] == [True]


def test_footnotes_stand_at_the_end():
    notes = (
        '<w:footnotes xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:footnote w:id="2">'
        "<w:p><w:r><w:t>Моро М. И.</w:t></w:r></w:p></w:footnote></w:footnotes>"
    )
    content = files.repacked(
        Paper().text("Начало.").xml('<w:r><w:t>Слово</w:t></w:r><w:r><w:footnoteReference w:id="2"/></w:r>').bytes(),
        {"word/footnotes.xml": notes.encode()},
    )
    with override("ru"):
        made = word.read(ContentFile(content, name="Сноски.docx"), uploader=UserFactory())
    assert body(made) == [("prose", "<p>Начало.</p><p>Слово[1]</p><h3>Сноски</h3><ol><li>Моро М. И.</li></ol>")]


@pytest.mark.parametrize(
    ("name", "properties", "title"),
    [
        ("Учимся_спорить.docx", "", "Учимся спорить"),
        ("1.docx", "Учимся спорить", "Учимся спорить"),
        ("учимся спорить.docx", "Microsoft Word - Документ1", "Учимся спорить"),
        ("Документ1.docx", "Слайд 1", ""),
    ],
)
def test_a_paper_without_a_title_takes_it_from_its_properties_or_its_name(name, properties, title):
    assert read(Paper().properties(properties).text("Начали с игры."), name).title == title


def test_pictures_are_the_uploaders_and_the_same_one_is_kept_once():
    teacher = UserFactory()
    shot = files.picture("JPEG", (320, 240))
    paper = (
        Paper().text("Начало.").picture(shot, alt="Дети у доски").picture(shot).picture(files.picture("PNG", (10, 10)))
    )
    with override("ru"):
        made = word.read(paper.file(), uploader=teacher)
    image = PortalImage.objects.get()
    assert (image.uploaded_by_user, image.description, image.width) == (teacher, "Дети у доски", 320)
    assert [value for kind, value in body(made) if kind == "picture"] == [
        {"image": image.pk, "alt": "Дети у доски", "caption": ""},
        {"image": image.pk, "alt": "", "caption": ""},
    ]
    assert made.notes == ["1 картинка без описания для тех, кто её не видит: напишите, что на ней."]
