"""Word files as teachers bring them, made on the spot."""

import io
import zipfile
from xml.sax.saxutils import escape

from django.core.files.base import ContentFile
from docx import Document
from docx.enum.text import WD_BREAK
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Cm

from tests.factories.files import picture, written

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
LINK = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink"


class Paper:
    """A document written from top to bottom."""

    def __init__(self):
        self.document = Document()

    def title(self, text: str) -> "Paper":
        self.document.add_paragraph(text, style="Title")
        return self

    def heading(self, text: str, level: int = 1) -> "Paper":
        self.document.add_heading(text, level)
        return self

    def bold(self, text: str, rest: str = "", style: str | None = None) -> "Paper":
        paragraph = self.document.add_paragraph(style=style)
        paragraph.add_run(text).bold = True
        if rest:
            paragraph.add_run(rest)
        return self

    def text(self, *texts: str, style: str | None = None) -> "Paper":
        for text in texts:
            self.document.add_paragraph(text, style=style)
        return self

    def bullets(self, *items: str, ordered: bool = False) -> "Paper":
        return self.text(*items, style="List Number" if ordered else "List Bullet")

    def link(self, text: str, address: str) -> "Paper":
        paragraph = self.document.add_paragraph()
        link = OxmlElement("w:hyperlink")
        link.set(qn("r:id"), self.document.part.relate_to(address, LINK, is_external=True))
        run = OxmlElement("w:r")
        words = OxmlElement("w:t")
        words.text = text
        run.append(words)
        link.append(run)
        paragraph._p.append(link)
        return self

    def table(self, *rows: list[str], merged: tuple | None = None) -> "Paper":
        table = self.document.add_table(len(rows), len(rows[0]))
        for line, texts in zip(table.rows, rows, strict=True):
            for cell, text in zip(line.cells, texts, strict=True):
                cell.text = text
        if merged:
            (row, column), (last_row, last_column) = merged
            table.cell(row, column).merge(table.cell(last_row, last_column))
        return self

    def picture(self, content: bytes | None = None, alt: str = "") -> "Paper":
        drawn = self.document.add_picture(io.BytesIO(content or picture("JPEG", (300, 200))), width=Cm(4))
        drawn._inline.docPr.set("descr", alt)
        return self

    def caption(self, text: str) -> "Paper":
        return self.text(text, style="Caption")

    def xml(self, inner: str) -> "Paper":
        """A paragraph of raw WordprocessingML."""
        body = self.document.element.body
        spaces = nsdecls("w", "wp", "a", "r") + (
            ' xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'
            ' xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office"'
        )
        body.insert(len(body) - 1, parse_xml(f"<w:p {spaces}>{inner}</w:p>"))
        return self

    def page_break(self) -> "Paper":
        self.document.add_paragraph().add_run().add_break(WD_BREAK.PAGE)
        return self

    def properties(self, title: str) -> "Paper":
        self.document.core_properties.title = title
        return self

    def bytes(self) -> bytes:
        return written(self.document.save)

    def file(self, name: str = "Практика.docx") -> ContentFile:
        return ContentFile(self.bytes(), name=name)


def of_xml(
    body: str, *, name: str = "Практика.docx", prolog: str = "", parts: dict[str, bytes] | None = None
) -> ContentFile:
    """A document whose main part is written by hand."""
    main = (
        f'<?xml version="1.0" encoding="UTF-8"?>{prolog}<w:document xmlns:w="{W}"><w:body>{body}</w:body></w:document>'
    )
    stream = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(Paper().bytes())) as former,
        zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for member in former.namelist():
            new.writestr(member, main.encode() if member == "word/document.xml" else former.read(member))
        for member, content in (parts or {}).items():
            new.writestr(member, content)
    return ContentFile(stream.getvalue(), name=name)


def paragraph(text: str) -> str:
    return f'<w:p><w:r><w:t xml:space="preserve">{escape(text)}</w:t></w:r></w:p>'
