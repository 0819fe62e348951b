"""The text and the first page of real files, read in a limited process."""

import io
import os
from pathlib import Path

import pytest
from django.core.management import call_command
from PIL import Image
from procrastinate.contrib.django.models import ProcrastinateJob

from files import limited
from files.models import PortalDocument
from files.signals import document_read
from files.tasks import read_document
from tests.factories import files as make

pytestmark = pytest.mark.django_db

READ = {
    "PDF": ("a.pdf", lambda: make.pdf("Закон Архимеда", "Опыт"), [(1, "Закон Архимеда"), (2, "Опыт")]),
    "DOCX": (
        "a.docx",
        lambda: make.docx("Закон Архимеда", "Опыт", cells=[["тело", "масса"]], header="Школа № 7"),
        [(None, "Закон Архимеда\nОпыт\nтело\n масса\n\nШкола № 7")],
    ),
    "PPTX": (
        "a.pptx",
        lambda: make.pptx(("Закон Архимеда", "Рассказать о ванне"), ("Опыт", "")),
        [(1, "Закон Архимеда\nРассказать о ванне"), (2, "Опыт")],
    ),
    "XLSX": (
        "a.xlsx",
        lambda: make.xlsx(Оценки=[["Иванов", 5], [None, 4.5]], Итоги=[["Среднее"]]),
        [(1, "Оценки\nИванов 5\n4.5"), (2, "Итоги\nСреднее")],
    ),
    "ODT": ("a.odt", lambda: make.odt("Закон Архимеда", "Опыт"), [(None, "Закон Архимеда\nОпыт")]),
    "ODS": (
        "a.ods",
        lambda: make.ods(Оценки=[["Иванов", 5]], Итоги=[["Среднее"]]),
        [(1, "Оценки\nИванов\n5"), (2, "Итоги\nСреднее")],
    ),
    "ODP": ("a.odp", lambda: make.odp("Закон Архимеда", "Опыт"), [(1, "Закон Архимеда"), (2, "Опыт")]),
    "UTF-8": ("a.txt", "Закон Архимеда".encode, [(None, "Закон Архимеда")]),
    "UTF-8 with a mark": ("a.txt", lambda: "Закон Архимеда".encode("utf-8-sig"), [(None, "Закон Архимеда")]),
    "Windows-1251": ("a.txt", lambda: "Закон Архимеда".encode("cp1251"), [(None, "Закон Архимеда")]),
    "KOI8-R": ("a.txt", lambda: "Закон Архимеда".encode("koi8-r"), [(None, "Закон Архимеда")]),
    "UTF-16": ("a.txt", lambda: "Закон Архимеда".encode("utf-16"), [(None, "Закон Архимеда")]),
}


def unchecked(name: str, content: bytes) -> PortalDocument:
    """A document that came past the checks, as from a backup: the reader must stand it alone."""
    return PortalDocument.objects.create(title=name, file=make.upload(content, name))


def state_after_reading(document: PortalDocument) -> str:
    read_document(document.pk)
    document.refresh_from_db()
    return document.text_state


@pytest.mark.parametrize("what", READ)
def test_the_text_of_every_format_is_read(what):
    name, content, parts = READ[what]
    document = make.document(name, content())
    assert state_after_reading(document) == "read"
    assert document.parts == parts


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.pdf", make.locked_pdf),
        ("a.pdf", lambda: make.pdf()[:3000]),
        ("a.docx", lambda: make.repacked(make.docx(), {"word/document.xml": b"<w:document"})),
        ("a.docx", lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le")),
        ("a.odt", lambda: make.repacked(make.odt(), {"META-INF/manifest.xml": b"<manifest:encryption-data/>"})),
        ("a.xlsx", lambda: make.repacked(make.xlsx(), {"xl/workbook.xml": None})),
    ],
)
def test_a_locked_or_broken_file_is_stored_and_said_to_be_unreadable(name, content):
    document = make.document(name, content())
    assert (state_after_reading(document), document.parts) == ("unreadable", [])


def endless_docx() -> bytes:
    word = b"http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    body = b'<w:document xmlns:w="%b"><w:body>%b</w:body></w:document>' % (word, b"<w:p/>" * 1_000_000)
    return make.repacked(make.docx(), {"word/document.xml": body})


def endless_xlsx() -> bytes:
    main = b"http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    rows = (b"<row>" + b"<c><v>5</v></c>" * 100 + b"</row>") * 2_500
    sheet = b'<worksheet xmlns="%b"><sheetData>%b</sheetData></worksheet>' % (main, rows)
    return make.repacked(make.xlsx(), {"xl/worksheets/sheet1.xml": sheet})


@pytest.mark.parametrize(
    ("name", "content", "bound", "tight"),
    [
        ("a.docx", endless_docx, "FILES_READER_MEMORY", 128 * 1024 * 1024),
        ("a.xlsx", endless_xlsx, "FILES_READER_SECONDS", 1),
    ],
)
def test_a_file_that_eats_memory_or_time_is_given_up(settings, name, content, bound, tight):
    document = unchecked(name, content())
    again = unchecked(name, content())
    assert state_after_reading(document) == "read"
    setattr(settings, bound, tight)
    assert state_after_reading(again) == "unreadable"


def test_a_reader_that_sleeps_is_killed(settings, tmp_path):
    settings.FILES_READER_SECONDS = 1
    pipe = tmp_path / "a.txt"
    os.mkfifo(pipe)
    assert limited.text_of(str(pipe), "txt") is None
    assert [path for path in Path("/proc").glob("[0-9]*/cmdline") if str(pipe) in text_of_process(path)] == []


def text_of_process(path: Path) -> str:
    try:
        return path.read_text()
    except OSError:
        return ""


def test_an_answer_too_long_is_not_taken(settings):
    settings.FILES_READER_ANSWER = 1000
    assert state_after_reading(make.document("a.txt", "слово ".encode() * 10_000)) == "unreadable"


def test_a_book_is_kept_up_to_two_million_letters():
    document = make.document("a.txt", "слово ".encode() * 400_000)
    assert state_after_reading(document) == "read"
    assert [len(text) for _number, text in document.parts] == [2_000_000]


@pytest.mark.parametrize(
    ("name", "content", "size"),
    [
        ("a.pdf", lambda: make.pdf("Урок"), (480, 679)),
        ("a.jpg", lambda: make.picture("JPEG", (960, 480)), (480, 240)),
        ("a.jpg", lambda: make.picture("JPEG", (960, 480), exif=turned()), (480, 960)),
        ("a.png", lambda: make.picture("PNG", (60, 40)), (60, 40)),
    ],
)
def test_a_first_page_is_drawn(name, content, size):
    document = make.document(name, content())
    read_document(document.pk)
    document.refresh_from_db()
    with Image.open(io.BytesIO(document.preview.read())) as picture:
        assert (picture.format, picture.size) == ("WEBP", size)


def turned() -> Image.Exif:
    exif = Image.Exif()
    exif[0x0112] = 6
    return exif


def test_a_picture_holds_no_text():
    assert state_after_reading(make.document("a.jpg", make.picture("JPEG"))) == "none"


def test_others_hear_that_a_document_was_read():
    heard = []

    def note(document, **kwargs):
        heard.append((document.pk, document.text_state, document.parts))

    document_read.connect(note)
    document = make.document()
    read_document(document.pk)
    read_document(document.pk)
    document_read.disconnect(note)
    assert heard == [(document.pk, "read", [(None, "Закон Архимеда")])]


def test_a_stored_document_waits_for_the_worker_once(django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        document = make.document()
    with django_capture_on_commit_callbacks(execute=True):
        document.file = make.upload("Новое".encode(), "новое.txt")
        document.save()
    jobs = ProcrastinateJob.objects.values_list("task_name", "args", "status")
    assert list(jobs) == [("files.tasks.read_document", {"document_id": document.pk}, "todo")]


def test_a_rolled_back_or_deleted_document_is_no_trouble_for_the_worker():
    assert read_document(999_999) is None


def test_a_lost_file_is_a_failure_to_be_tried_again():
    document = make.document()
    document.file.storage.delete(document.file.name)
    with pytest.raises(FileNotFoundError):
        read_document(document.pk)
    document.refresh_from_db()
    assert document.text_state == "waiting"


def test_the_command_reads_whatever_waits_and_names_what_is_lost(capsys):
    one, lost, two = make.document("1.txt"), make.document("2.txt"), make.document("3.txt")
    lost.file.storage.delete(lost.file.name)
    with pytest.raises(SystemExit) as left:
        call_command("read_documents")
    states = dict(PortalDocument.objects.values_list("pk", "text_state"))
    assert (left.value.code, states) == (1, {one.pk: "read", lost.pk: "waiting", two.pk: "read"})
    assert f"{lost.pk} «2.txt»" in capsys.readouterr().err
