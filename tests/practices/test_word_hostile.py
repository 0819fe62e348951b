"""What is no Word file is answered with what to do; what attacks is refused; nothing of it stays on the disk."""

import http.server
import struct
import threading
import zipfile
from copy import deepcopy
from io import BytesIO
from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from django.db import transaction
from django.utils.translation import override

from files.checks.office import ENCRYPTED_PACKAGE, OLD_OFFICE
from files.models import PortalImage
from practices.authoring import word
from tests.factories import files
from tests.factories.accounts import UserFactory
from tests.factories.word import Paper, of_xml, paragraph

pytestmark = pytest.mark.django_db

OLD_WORD = OLD_OFFICE + b"\x00" * 600 + "WordDocument".encode("utf-16-le") + b"\x00" * 600
LOCKED = OLD_OFFICE + b"\x00" * 600 + ENCRYPTED_PACKAGE + b"\x00" * 600


def read(content: bytes, name: str = "Практика.docx") -> word.Understood:
    with override("ru"):
        return word.read(ContentFile(content, name=name), uploader=UserFactory())


def refusal(content: bytes, name: str = "Практика.docx") -> str:
    with pytest.raises(word.WordRefused) as refused:
        read(content, name)
    assert not PortalImage.objects.exists()
    return refused.value.message


@pytest.fixture
def stored(media_root: Path):
    """The files in the storage; the test must leave as many as it found."""

    def names() -> set[str]:
        return {str(path) for path in media_root.rglob("*") if path.is_file()}

    return names


@pytest.mark.parametrize(
    ("content", "name", "words"),
    [
        (OLD_WORD, "Урок.doc", "Это файл старого Word (.doc)"),
        (OLD_WORD, "Урок.docx", "Это файл старого Word (.doc)"),
        (LOCKED, "Урок.docx", "Файл закрыт паролем"),
        (OLD_OFFICE + b"\x00" * 600, "Урок.ppt", "Это не документ Word"),
        (b"%PDF-1.7 ...", "Урок.pdf", "Это PDF"),
        (b"%PDF-1.7 ...", "Урок.docx", "Это PDF"),
        (b"{\\rtf1 ...}", "Урок.rtf", "Это файл в формате RTF"),
        (b"{\\rtf1 ...}", "Урок.doc", "Это файл в формате RTF"),
        (files.odt("Урок"), "Урок.odt", "Это файл в формате ODT"),
        (files.odt("Урок"), "Урок.docx", "Это файл в формате ODT"),
        (b"<html><body>x</body></html>", "Урок.doc", "Это файл в формате HTML"),
        (files.docx("Урок"), "Урок.doc", "Внутри это новый документ Word"),
        (files.docx("Урок"), "Урок.docm", "Это файл Word с макросами"),
        (files.docx("Урок"), "Урок", "Это не документ Word"),
        (files.pptx(), "Урок.docx", "Судя по имени, это DOCX, но внутри — PPTX."),
        (files.picture(), "Урок.docx", "Судя по имени, это DOCX, но внутри — PNG."),
        (b"", "Урок.docx", "Файл пуст"),
    ],
)
def test_each_other_file_is_answered_with_what_to_do(content, name, words):
    assert words in refusal(content, name)


def test_macros_are_refused():
    assert "макрос" in refusal(files.repacked(files.docx("Урок"), {"word/vbaProject.bin": b"x"}))


def test_a_damaged_document_is_refused():
    assert refusal(files.repacked(files.docx("Урок"), {"word/document.xml": b"<w:document"}))
    assert refusal(files.repacked(files.docx("Урок"), {"word/document.xml": None}))


def test_an_empty_document_is_refused():
    assert "нет текста" in refusal(Paper().bytes())


BILLION = '<!DOCTYPE w [<!ENTITY a "ха">' + "".join(
    f'<!ENTITY {chr(98 + i)} "{("&" + chr(97 + i) + ";") * 10}">' for i in range(12)
)


@pytest.mark.parametrize(
    "prolog",
    [
        BILLION + "]>",
        '<!DOCTYPE w [<!ENTITY x SYSTEM "file:///etc/passwd">]>',
        '<!DOCTYPE w SYSTEM "http://127.0.0.1:1/evil.dtd">',
    ],
)
def test_entities_are_refused(prolog):
    file = of_xml(f"<w:p><w:r><w:t>{'&m;' if 'ENTITY b' in prolog else ''}слово</w:t></w:r></w:p>", prolog=prolog)
    assert refusal(file.read())


def test_scripts_in_text_stay_words():
    made = read(of_xml(paragraph("<script>alert(1)</script><img src=x onerror=alert(1)>")).read())
    assert made.body[0]["value"] == "<p>&lt;script&gt;alert(1)&lt;/script&gt;&lt;img src=x onerror=alert(1)&gt;</p>"


def test_scripts_in_headings_tables_captions_and_alts_stay_words():
    evil = "<script>alert(1)</script>"
    made = read(
        Paper()
        .heading(evil)
        .text("Начало.")
        .heading(evil)
        .picture(alt=evil)
        .caption(f"Рис. 1. {evil}")
        .table([evil, "б"], ["в", evil])
        .heading("Выводы")
        .heading(evil, 2)
        .text("Конец.")
        .bytes()
    )
    rich = made.problem + made.results + "".join(block["value"] for block in made.body if block["type"] == "prose")
    assert "<script" not in rich
    assert made.title == evil  # plain text: escaped where it is shown


def test_links_that_run_are_refused():
    assert "javascript:alert(1)" in refusal(Paper().text("Начало.").link("жми", "javascript:alert(1)").bytes())


class Watch(http.server.BaseHTTPRequestHandler):
    asked: list[str] = []

    def do_GET(self):
        self.asked.append(self.path)
        self.send_error(404)


def test_pictures_that_lie_elsewhere_are_never_fetched():
    server = http.server.HTTPServer(("127.0.0.1", 0), Watch)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    address = f"http://127.0.0.1:{server.server_port}/secret.png"
    paper = Paper().text("Начало.")
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/image"
    number = paper.document.part.relate_to(address, kind, is_external=True)
    blip = (
        '<w:r><w:drawing><wp:inline><wp:docPr id="1" name="x" descr="x"/><a:graphic><a:graphicData uri="x">'
        '<pic:pic xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:blipFill>'
        f'<a:blip r:link="{number}"/></pic:blipFill></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing>'
        "</w:r>"
    )
    try:
        made = read(paper.xml(blip).bytes())
    finally:
        server.shutdown()
    assert Watch.asked == []
    assert made.notes == ["Картинки, которые лежат не в самом файле, а где-то ещё, не перенесены."]


def test_a_picture_outside_the_package_is_not_read():
    """A relationship may name any member, also one that climbs out: only the archive is looked into."""
    rels = files.member(Paper().picture().bytes(), "word/_rels/document.xml.rels").replace(
        b'Target="media/image1.jpg"', b'Target="../../../etc/passwd"'
    )
    made = read(files.repacked(Paper().text("Начало.").picture().bytes(), {"word/_rels/document.xml.rels": rels}))
    assert [block["type"] for block in made.body] == ["prose"]
    assert not PortalImage.objects.exists()


def test_drawings_of_windows_are_told_of():
    content = Paper().text("Начало.").picture().bytes()
    rels = files.member(content, "word/_rels/document.xml.rels").replace(b"image1.jpg", b"image1.wmf")
    wmf = files.repacked(
        content,
        {
            "word/_rels/document.xml.rels": rels,
            "word/media/image1.jpg": None,
            "word/media/image1.wmf": b"\xd7\xcd\xc6\x9a",
        },
    )
    assert read(wmf).notes == [
        "1 рисунок в формате Windows (WMF, EMF) не перенесён: сохраните его как PNG и добавьте заново."
    ]


def test_a_picture_that_is_no_picture_is_told_of_and_the_rest_is_read():
    content = Paper().text("Начало.").picture().bytes()
    made = read(files.repacked(content, {"word/media/image1.jpg": b"<script>alert(1)</script>"}))
    assert [block["type"] for block in made.body] == ["prose"]
    assert "image1.jpg" in made.notes[0]


def test_ten_thousand_pictures_are_refused():
    many = {f"word/media/image{number}.png": b"\x89PNG" for number in range(2, 10_000)}
    assert "слишком велик" in refusal(files.repacked(files.docx("Урок"), many))


def test_pictures_beyond_the_first_forty_are_left_out():
    paper = Paper().text("Начало.")
    for number in range(45):
        paper.picture(files.picture("PNG", (100, 60 + number)))
    made = read(paper.bytes())
    assert PortalImage.objects.count() == 40
    assert "Картинок больше 40, не перенесено: 5. Добавьте к материалам сам файл." in made.notes


def test_one_picture_shown_five_hundred_times_is_stored_once():
    paper = Paper().text("Начало.").picture()
    drawing = paper.document.element.body[-2]
    for _number in range(500):
        paper.document.element.body.insert(2, deepcopy(drawing))
    read(paper.bytes())
    assert PortalImage.objects.count() == 1


def test_a_hundred_megabytes_of_text_are_refused():
    content = of_xml(paragraph("слово " * 500_000) * 16).read()
    assert refusal(content)


def test_a_long_book_is_refused_politely():
    assert "слишком длинный" in refusal(of_xml(paragraph("слово " * 200) * 3000).read())


def test_a_thick_paper_is_read():
    """A hundred sheets with Word's own noise."""
    line = '<w:p w:rsidR="00AB12CD" w:rsidRDefault="00AB12CD"><w:r w:rsidRPr="00AB12CD"><w:t>Делим.</w:t></w:r></w:p>'
    made = read(of_xml(line * 4000).read())
    assert made.body[0]["value"].count("<p>") == 4000


@pytest.mark.parametrize("tag", ["w:sdt><w:sdtContent", "w:smartTag", "w:ins"])
def test_nesting_without_end_is_refused(tag):
    closing = "".join(f"</{name}>" for name in reversed(tag.split("><")))
    assert refusal(of_xml(f"<{tag}>" * 3000 + closing * 3000).read())


def test_a_table_as_wide_as_the_sea_is_left_out():
    cell = '<w:tc><w:tcPr><w:gridSpan w:val="1000000"/></w:tcPr><w:p><w:r><w:t>а</w:t></w:r></w:p></w:tc>'
    made = read(of_xml(paragraph("Начало.") + f"<w:tbl><w:tr>{cell}{cell}</w:tr></w:tbl>").read())
    assert [block["type"] for block in made.body] == ["prose"]
    assert made.notes == [
        "Одна таблица слишком велика для страницы и не перенесена: добавьте её к материалам отдельным файлом."
    ]


def test_a_zip_bomb_is_refused():
    stream = BytesIO()
    with (
        zipfile.ZipFile(BytesIO(files.docx("Урок"))) as former,
        zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as bomb,
    ):
        for name in former.namelist():
            bomb.writestr(name, former.read(name))
        bomb.writestr("word/media/image1.png", b"\0" * (450 * 1024 * 1024))
    assert refusal(stream.getvalue())


def test_hostile_file_names_name_nothing():
    made = read(Paper().text("Начало.").bytes(), "../../<script>alert(1)</script>\u202exe.docx")
    assert made.title == "Script xe"


def test_nothing_is_left_on_the_disk_when_what_follows_fails(stored):
    before = stored()

    def read_and_fail() -> None:
        read(Paper().text("Начало.").picture().bytes())
        assert len(stored()) == len(before) + 1
        raise RuntimeError

    with pytest.raises(RuntimeError), transaction.atomic():
        read_and_fail()
    assert stored() == before
    assert not PortalImage.objects.exists()


def test_no_temporary_copy_outlives_the_reading(tmp_path, monkeypatch):
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    read(Paper().text("Начало.").bytes())
    refusal(b"PK\x03\x04" + struct.pack("<H", 0) * 40)
    assert list(tmp_path.iterdir()) == []
