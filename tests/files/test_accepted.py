"""Honest files, and what becomes of their names."""

from contextlib import suppress

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DataError, transaction
from django.urls import reverse

from files.checks import check_upload
from files.models import PortalDocument, PortalImage
from files.names import safe_name
from files.tasks import read_document
from tests.factories import files as make

from .conftest import on_disk
from .hostile import COMPOUND, linked

DOCUMENTS = {
    "PDF": ("a.pdf", make.pdf),
    "locked PDF": ("a.pdf", make.locked_pdf),
    "cut off PDF": ("a.pdf", lambda: make.pdf()[:3000]),
    "DOCX": ("a.docx", make.docx),
    "locked DOCX": ("a.docx", lambda: COMPOUND + b"\0" * 504 + "EncryptedPackage".encode("utf-16-le")),
    "DOCX with a link to the web": ("a.docx", lambda: linked("hyperlink", "https://example.org/?a=1")),
    "DOCX with a link to somebody's disk": ("a.docx", lambda: linked("hyperlink", r"file:///C:\\Мои документы\\a.doc")),
    "DOCX with Word's own template": ("a.docx", lambda: linked("attachedTemplate", r"file:///C:\\Users\\a\\n.dotm")),
    "DOCX with a picture from the web": ("a.docx", lambda: linked("image", "https://example.org/a.png")),
    "DOCX with a formula object": ("a.docx", lambda: make.repacked(make.docx(), {"word/embeddings/o.bin": COMPOUND})),
    "PPTX": ("a.PPTX", make.pptx),
    "XLSX": ("a.xlsx", make.xlsx),
    "ODT": ("a.odt", make.odt),
    "ODS": ("a.ods", make.ods),
    "ODP": ("a.odp", make.odp),
    "TXT in UTF-8": ("a.txt", "Урок\n".encode),
    "TXT in Windows-1251": ("a.txt", lambda: "Урок — «физика»".encode("cp1251")),
    "TXT in KOI8-R": ("a.txt", lambda: "Урок физики".encode("koi8-r")),
    "TXT in UTF-16": ("a.txt", lambda: "Урок".encode("utf-16")),
    "TXT about HTML": ("a.txt", "Тег <b> делает текст полужирным".encode),
    "a scan": ("a.jpg", lambda: make.picture("JPEG")),
}


@pytest.mark.parametrize("what", DOCUMENTS)
def test_an_honest_document_is_accepted(what):
    name, content = DOCUMENTS[what]
    assert check_upload(make.upload(content(), name)).format.code == {"jpg": "jpeg"}.get(
        name.split(".")[1].lower(), name.split(".")[1].lower()
    )


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP", "AVIF", "GIF"])
def test_an_honest_picture_is_accepted(kind):
    assert check_upload(make.upload(make.picture(kind), f"a.{kind.lower()}"), "image").format.code == kind.lower()


@pytest.mark.django_db
def test_an_editor_uploads_a_document(client, editor, media):
    client.force_login(editor)
    content = make.docx("Урок физики")
    client.post(
        reverse("wagtaildocs:add"), {"title": "План урока", "file": SimpleUploadedFile("План урока.docx", content)}
    )
    document = PortalDocument.objects.get()
    assert (document.title, document.filename, document.kind_label, document.size) == (
        "План урока",
        "План урока.docx",
        "DOCX",
        len(content),
    )
    assert (document.text_state, document.uploaded_by_user, len(document.file_hash)) == ("waiting", editor, 40)
    assert on_disk(media) == ["documents/*.docx"]


@pytest.mark.django_db
def test_an_editor_uploads_a_picture_and_says_what_it_shows(client, editor, media):
    client.force_login(editor)
    client.post(
        reverse("wagtailimages:add"),
        {
            "title": "Обложка",
            "description": "Море у школы",
            "file": SimpleUploadedFile("обложка.png", make.picture(size=(600, 400))),
        },
    )
    picture = PortalImage.objects.get()
    assert (picture.description, picture.width, picture.height, picture.uploaded_by_user) == (
        "Море у школы",
        600,
        400,
        editor,
    )
    assert "original_images/*.png" in on_disk(media)


@pytest.mark.django_db
def test_a_replaced_file_goes_and_its_text_is_read_anew(client, superuser, media, django_capture_on_commit_callbacks):
    document = make.document()
    PortalDocument.objects.update(text_state="read")
    client.force_login(superuser)
    with django_capture_on_commit_callbacks(execute=True):
        client.post(
            reverse("wagtaildocs:edit", args=[document.pk]),
            {"title": "t", "file": SimpleUploadedFile("новый.txt", "Новое".encode())},
        )
    document.refresh_from_db()
    assert (document.file.read().decode(), document.filename, document.text_state) == ("Новое", "новый.txt", "waiting")
    assert on_disk(media) == ["documents/*.txt"]


@pytest.mark.django_db
def test_a_deleted_document_takes_its_files_along(media, django_capture_on_commit_callbacks):
    document = make.document("a.pdf", make.pdf())
    read_document(document.pk)
    assert on_disk(media) == ["documents/*.pdf", "previews/*.webp"]
    with django_capture_on_commit_callbacks(execute=True):
        PortalDocument.objects.get().delete()
    assert on_disk(media) == []


@pytest.mark.django_db
def test_a_rolled_back_upload_leaves_nothing_on_the_disk(media):
    with pytest.raises(ZeroDivisionError), transaction.atomic():  # noqa: PT012 - both lines belong to the transaction
        make.document()
        make.image()
        assert len(on_disk(media)) == 2
        1 / 0  # noqa: B018
    assert (PortalDocument.objects.count(), on_disk(media)) == (0, [])


@pytest.mark.django_db
def test_a_rolled_back_savepoint_takes_only_its_own_file(media):
    with transaction.atomic():
        make.document("one.txt")
        with suppress(ZeroDivisionError), transaction.atomic():
            make.document("two.txt")
            1 / 0  # noqa: B018
    assert [document.filename for document in PortalDocument.objects.all()] == ["one.txt"]
    assert on_disk(media) == ["documents/*.txt"]


@pytest.mark.django_db
def test_a_row_that_the_database_refuses_leaves_no_file(media):
    document = PortalDocument(title="t" * 300, file=make.upload(b"text", "a.txt"))
    with pytest.raises(DataError):
        document.save()
    assert on_disk(media) == []


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("План урока.docx", "План урока.docx"),
        ("../../etc/passwd.txt", "passwd.txt"),
        ("C:\\Мои документы\\план.DOC", "план.doc"),
        ("план\u202efdp.exe", "планfdp.exe"),
        ("a\x00b\nc.txt", "abc.txt"),
        ('<a href="x">?.txt', "_a href=_x_.txt"),
        ("...txt", "file.txt"),
        ("", "file"),
        ("й" * 400 + ".docx", "й" * 115 + ".docx"),
    ],
)
def test_a_name_is_made_safe(given, kept):
    assert safe_name(given) == kept
    assert len(safe_name(given).encode()) <= 255
