"""Real files of every format the portal takes, made on the spot, and the rows around them."""

import io
import zipfile

import openpyxl
import typst
from django.core.files.base import ContentFile
from docx import Document as WordDocument
from odfdo import Document as OpenDocument
from odfdo import DrawPage, Frame, Paragraph, Row, Table
from PIL import Image
from pptx import Presentation
from pypdf import PdfReader, PdfWriter

from files.models import PortalDocument, PortalImage
from files.services import store_document, store_image


def pdf(*pages: str) -> bytes:
    return typst.compile("#pagebreak()".join(pages or ["Урок физики"]).encode())


def locked_pdf(text: str = "Урок физики", password: str = "тайна") -> bytes:
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(pdf(text))))
    writer.encrypt(password, algorithm="AES-256")
    return written(writer.write)


def docx(*paragraphs: str, cells: list[list[str]] | None = None, header: str = "") -> bytes:
    document = WordDocument()
    for paragraph in paragraphs or ["Урок физики"]:
        document.add_paragraph(paragraph)
    if cells:
        table = document.add_table(len(cells), len(cells[0]))
        for row, texts in zip(table.rows, cells, strict=True):
            for cell, text in zip(row.cells, texts, strict=True):
                cell.text = text
    if header:
        document.sections[0].header.paragraphs[0].text = header
    return written(document.save)


def pptx(*slides: tuple[str, str]) -> bytes:
    """Slides as (title, speaker's notes)."""
    presentation = Presentation()
    for title, notes in slides or [("Урок физики", "")]:
        slide = presentation.slides.add_slide(presentation.slide_layouts[5])
        slide.shapes.title.text = title
        if notes:
            slide.notes_slide.notes_text_frame.text = notes
    return written(presentation.save)


def xlsx(**sheets: list[list]) -> bytes:
    book = openpyxl.Workbook()
    book.remove(book.active)
    for title, rows in (sheets or {"Оценки": [["Физика", 5]]}).items():
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(row)
    return written(book.save)


def odt(*paragraphs: str) -> bytes:
    document = OpenDocument("text")
    for paragraph in paragraphs or ["Урок физики"]:
        document.body.append(Paragraph(paragraph))
    return written(document.save)


def ods(**sheets: list[list]) -> bytes:
    document = OpenDocument("spreadsheet")
    document.body.clear()
    for title, rows in (sheets or {"Оценки": [["Физика", 5]]}).items():
        table = Table(title)
        for values in rows:
            row = Row()
            row.set_values(values)
            table.append_row(row)
        document.body.append(table)
    return written(document.save)


def odp(*slides: str) -> bytes:
    document = OpenDocument("presentation")
    document.body.clear()
    for number, text in enumerate(slides or ["Урок физики"]):
        page = DrawPage(f"page{number}", name=f"Слайд {number}")
        page.append(Frame.text_frame(text, size=("10cm", "2cm"), position=("1cm", "1cm")))
        document.body.append(page)
    return written(document.save)


def picture(kind: str = "PNG", size: tuple[int, int] = (60, 40), **options) -> bytes:
    return written(lambda stream: Image.new("RGB", size, "#0b5c7a").save(stream, kind, **options))


def written(save) -> bytes:
    stream = io.BytesIO()
    save(stream)
    return stream.getvalue()


def repacked(archive: bytes, changed: dict[str, bytes | None]) -> bytes:
    """A ZIP with these members put in, replaced, or (None) left out."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(archive)) as former, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new:
        for name in former.namelist():
            if name not in changed:
                new.writestr(name, former.read(name))
        for name, content in changed.items():
            if content is not None:
                new.writestr(name, content)
    return stream.getvalue()


def member(archive: bytes, name: str) -> bytes:
    with zipfile.ZipFile(io.BytesIO(archive)) as opened:
        return opened.read(name)


def upload(content: bytes, name: str) -> ContentFile:
    return ContentFile(content, name=name)


def document(name: str = "Урок физики.txt", content: bytes | None = None, **fields) -> PortalDocument:
    """A stored document."""
    content = "Закон Архимеда".encode() if content is None else content
    return store_document(file=upload(content, name), title=fields.pop("title", name), **fields)


def image(name: str = "обложка.png", content: bytes | None = None, **fields) -> PortalImage:
    """A stored picture."""
    content = picture() if content is None else content
    return store_image(file=upload(content, name), title=fields.pop("title", name), **fields)
