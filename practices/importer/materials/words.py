"""A Word document: cards, tables and checklists for the class, the key on a page of its own."""

from collections.abc import Iterable
from io import BytesIO

from docx import Document
from docx.document import Document as Made
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor

from practices.importer.materials.plan import Form, Item, gathered
from practices.importer.materials.settled import MADE_AT, settled

SEA = RGBColor(0x0B, 0x4F, 0x6C)
FONT = "Arial"
ROWS = 8
RULE = "_" * 62


def document(title: str, items: list[Item], practice: str) -> bytes:
    made = Document()
    _prepare(made, title, practice)
    made.add_heading(title, level=0)
    made.add_paragraph(f"К практике «{practice}»", style="Subtitle")
    for item in gathered(title, items):
        if not item.for_teacher:
            _item(made, item)
    made.add_page_break()
    _teacher(made, items)
    out = BytesIO()
    made.save(out)
    return settled(out.getvalue())


def _prepare(made: Made, title: str, practice: str) -> None:
    properties = made.core_properties
    properties.title, properties.subject, properties.author = title, practice, "Империя школ"
    properties.language = "ru-RU"
    properties.comments = ""
    properties.created = properties.modified = MADE_AT.replace(tzinfo=None)
    section = made.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2)
    section.top_margin = section.bottom_margin = Cm(2)
    for name in ("Normal", "Title", "Subtitle", "Heading 1", "Heading 2"):
        font = made.styles[name].font
        font.name = FONT
        fonts = made.styles[name].element.get_or_add_rPr().get_or_add_rFonts()
        for script in ("w:asciiTheme", "w:hAnsiTheme", "w:eastAsiaTheme", "w:cstheme"):
            fonts.attrib.pop(qn(script), None)
        fonts.set(qn("w:cs"), FONT)
        if name != "Normal":
            font.color.rgb = SEA
    made.styles["Normal"].font.size = Pt(11)
    made.styles["Title"].font.size = Pt(22)
    language = OxmlElement("w:lang")
    language.set(qn("w:val"), "ru-RU")
    made.styles["Normal"].element.get_or_add_rPr().append(language)
    section.header.paragraphs[0].text = practice
    footer = section.footer.paragraphs[0]
    footer.alignment = WD_ALIGN_PARAGRAPH.CENTER
    _page_number(footer)


def _page_number(paragraph) -> None:
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), "PAGE")
    paragraph._p.append(field)  # noqa: SLF001 - python-docx has no fields of its own


def _item(made: Made, item: Item) -> None:
    made.add_heading(item.head, level=1)
    for note in item.notes:
        made.add_paragraph(note)
    FORMS.get(item.form, _text)(made, item)


def _text(made: Made, item: Item) -> None:
    for part in item.parts:
        made.add_paragraph(part, style="List Bullet")
    if not item.notes:
        _rules(made, 2)


def _question(made: Made, item: Item) -> None:
    for question in item.parts:
        made.add_paragraph(question, style="List Number")
    _rules(made, 3)


def _blank(made: Made, item: Item) -> None:
    for part in item.parts or ("",):
        made.add_paragraph(f"{part}: {RULE[: 58 - len(part)]}" if part else RULE)


def _card(made: Made, item: Item) -> None:
    for part in item.parts:
        made.add_paragraph(part, style="List Number")
    _table(made, ["Моё решение", "Проверил сосед"], rows=2)


def _checklist(made: Made, item: Item) -> None:
    for part in item.parts:
        made.add_paragraph(f"☐ {part}")


def _form(made: Made, item: Item) -> None:
    """What is asked on the left, room for the answer on the right."""
    table = made.add_table(rows=1, cols=2, style="Table Grid")
    _header(table, ("Что записываем", "Запись"))
    for part in item.parts:
        row = table.add_row()
        row.height = Cm(1.4)
        row.cells[0].text = part
    made.add_paragraph()


def _rules(made: Made, count: int) -> None:
    for _line in range(count):
        made.add_paragraph(RULE)


def _table(made: Made, header: list[str], rows: int = ROWS) -> None:
    table = made.add_table(rows=1 + rows, cols=1 + len(header), style="Table Grid")
    _header(table, ["№", *header])
    for number in range(1, rows + 1):
        table.rows[number].cells[0].text = str(number)
    for row in table.rows:
        row.cells[0].width = Cm(1)
    made.add_paragraph()


def _header(table, texts: Iterable[str]) -> None:
    """The first row: bold, repeated on each page, read out as the header."""
    row = table.rows[0]
    for cell, text in zip(row.cells, texts, strict=True):
        cell.text = text
        cell.paragraphs[0].runs[0].bold = True
    row._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))  # noqa: SLF001 - python-docx does not know it


def _teacher(made: Made, items: list[Item]) -> None:
    """The teacher's page: keys, and a list of what to print."""
    made.add_heading("Учителю", level=1)
    for item in items:
        if item.for_teacher:
            made.add_heading(item.head, level=2)
            for note in item.notes:
                made.add_paragraph(note)
            for part in item.parts:
                made.add_paragraph(part, style="List Bullet")
            _rules(made, 2)
    made.add_heading("Что подготовить", level=2)
    table = made.add_table(rows=1, cols=3, style="Table Grid")
    _header(table, ("Часть комплекта", "Сколько копий", "Готово"))
    for item in items:
        cells = table.add_row().cells
        cells[0].text, cells[2].text = item.head, "☐"


FORMS = {
    Form.TABLE: lambda made, item: _table(made, list(item.parts) or ["Что наблюдаем", "Запись"]),
    Form.QUESTION: _question,
    Form.BLANK: _blank,
    Form.CARD: _card,
    Form.CHECKLIST: _checklist,
    Form.FORM: _form,
}
