"""Files made from outlines: what is in them can be found, read aloud and printed."""

from io import BytesIO

import pytest
from docx import Document
from openpyxl import load_workbook
from pptx import Presentation
from pypdf import PdfReader

from practices.importer.materials import make

TITLE = "Лист наблюдателя «Куда девается лужа»"
PRACTICE = "Куда девается лужа: урок-наблюдение"
OUTLINE = [
    "Моё предсказание: рисунок и одно предложение",
    "Таблица: время, длина, погода",
    "Полоски для диаграммы, масштаб 1 : 10\nОдин сантиметр полоски — десять сантиметров лужи.",
    "Ключ для учителя: лужа испарилась; асфальт не впитывает",
]


def made(format_, outline=OUTLINE, title=TITLE):
    return make(format_, title, outline, practice=PRACTICE)


@pytest.mark.parametrize("format_", ["docx", "pdf", "pptx", "xlsx"])
def test_a_file_is_the_same_bytes_whenever_it_is_made(format_):
    assert made(format_) == made(format_)


def test_a_name_is_of_latin_letters():
    assert made("pdf")[0] == "list-nabliudatelia-kuda-devaetsia-luzha.pdf"


def test_a_word_document_has_headings_a_table_and_the_key_behind_the_rest():
    document = Document(BytesIO(made("docx")[1]))
    headings = [p.text for p in document.paragraphs if p.style.name.startswith(("Heading", "Title"))]
    assert headings == [
        TITLE,
        "Моё предсказание",
        "Таблица",
        "Полоски для диаграммы, масштаб 1 : 10",
        "Учителю",
        "Ключ для учителя",
        "Что подготовить",
    ]
    assert [cell.text for cell in document.tables[0].rows[0].cells] == ["№", "Время", "Длина", "Погода"]
    assert document.sections[0].header.paragraphs[0].text == PRACTICE
    assert "Один сантиметр полоски — десять сантиметров лужи." in [p.text for p in document.paragraphs]


def test_a_pdf_is_tagged_russian_and_holds_the_words():
    reader = PdfReader(BytesIO(made("pdf")[1]))
    root = reader.trailer["/Root"]
    assert (root["/Lang"].lower(), bool(root["/MarkInfo"]["/Marked"])) == ("ru-ru", True)
    assert reader.metadata.title == TITLE
    assert "десять сантиметров лужи" in " ".join("".join(page.extract_text() for page in reader.pages).split())


def test_a_presentation_has_a_title_and_a_slide_with_notes_for_each_line():
    slides = Presentation(BytesIO(made("pptx")[1])).slides
    assert [slide.shapes.title.text for slide in slides] == [
        TITLE,
        "Моё предсказание",
        "Таблица",
        "Полоски для диаграммы, масштаб 1 : 10",
        "Ключ для учителя",
    ]
    assert "десять сантиметров лужи" in slides[3].notes_slide.notes_text_frame.text


def test_a_workbook_has_a_header_and_totals_that_count_themselves():
    book = load_workbook(BytesIO(made("xlsx", ["Ученик, дата", "Ошибок всего", "Лист «Весна»"])[1]))
    sheet = book.active
    assert book.sheetnames == [TITLE[:31].strip(), "Весна", "О таблице"]
    assert [cell.value for cell in sheet[1]] == ["№", "Ученик", "Дата", "Ошибок всего"]
    assert sheet.cell(27, 4).value == '=IF(COUNT(D2:D26)=0,"",SUM(D2:D26))'


@pytest.mark.parametrize("format_", ["docx", "pdf", "pptx", "xlsx"])
@pytest.mark.parametrize(
    "outline",
    [
        [],
        [""],
        ["x" * 5000],
        ["#let a = 1; \\ [ ] $ _"],
        ["=HYPERLINK(1)"],
        ["Таблица: а" + ", б" * 40],
        ["\x07колокол\x0b"],
    ],
)
def test_no_outline_is_too_strange(format_, outline):
    assert made(format_, outline)[1]


def test_an_outline_cannot_put_a_formula_into_a_workbook():
    book = load_workbook(BytesIO(made("xlsx", ["=HYPERLINK(1)", "=1+1: да, нет"], title="=2+2")[1]))
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    formulas = {cell.value for cell in cells if cell.data_type == "f"}
    assert [formula for formula in formulas if not formula.startswith(("=COUNTA(", "=IF(COUNT("))] == []
