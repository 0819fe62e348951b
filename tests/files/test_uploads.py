"""Files too large, and the virus scanner."""

import io
import socket
import struct
import threading

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from files.models import PortalDocument
from tests.factories import files as make

from .conftest import on_disk

pytestmark = pytest.mark.django_db


@pytest.fixture
def temporary(settings, tmp_path):
    """Where Django keeps uploads while they come in."""
    settings.FILE_UPLOAD_TEMP_DIR = tmp_path / "incoming"
    settings.FILE_UPLOAD_TEMP_DIR.mkdir()
    return settings.FILE_UPLOAD_TEMP_DIR


class Unread(io.BytesIO):
    """A request's body that must not be read."""

    def read(self, *args):
        raise AssertionError("the body was read")

    readline = read


def test_two_gigabytes_are_refused_without_being_read(client, editor, media, temporary):
    client.force_login(editor)
    response = client.generic(
        "POST",
        reverse("wagtaildocs:add"),
        content_type="multipart/form-data; boundary=x",
        **{"CONTENT_LENGTH": str(2 * 1024**3), "wsgi.input": Unread()},
    )
    assert (response.status_code, response["Connection"]) == (413, "close")
    assert (on_disk(media), list(temporary.iterdir())) == ([], [])


@pytest.mark.parametrize("door", ["wagtaildocs", "wagtailimages"])
def test_a_file_over_its_limit_is_refused_at_the_field_and_leaves_nothing(client, editor, temporary, settings, door):
    settings.FILES_DOCUMENT_MAX_BYTES = settings.FILES_PICTURE_MAX_BYTES = 3_000_000
    client.force_login(editor)
    upload = SimpleUploadedFile("a.png", make.picture() + b"\0" * 4_000_000)
    response = client.post(reverse(f"{door}:add"), {"title": "t", "file": upload})
    assert [error.code for error in response.context["form"].errors.as_data()["file"]] == ["size"]
    assert (on_disk(settings.MEDIA_ROOT), list(temporary.iterdir())) == ([], [])


def test_a_file_below_the_limit_goes_through_the_disk(client, editor, temporary):
    client.force_login(editor)
    text = "Закон Архимеда\n".encode() * 150_000
    client.post(reverse("wagtaildocs:add"), {"title": "t", "file": SimpleUploadedFile("a.txt", text)})
    assert PortalDocument.objects.get().file.read() == text
    assert list(temporary.iterdir()) == []


class Clamd(threading.Thread):
    """Speaks clamd's INSTREAM protocol: finds EICAR's test virus."""

    def __init__(self, address: str):
        super().__init__(daemon=True)
        self.listener = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        self.listener.bind(address)
        self.listener.listen()
        self.received: list[bytes] = []

    def run(self):
        while True:
            connection, _address = self.listener.accept()
            with connection, connection.makefile("rb") as stream:
                assert stream.read(10) == b"zINSTREAM\x00"
                content = b""
                while length := struct.unpack("!L", stream.read(4))[0]:
                    content += stream.read(length)
                self.received.append(content)
                connection.sendall(
                    b"stream: Win.Test.EICAR_HDB-1 FOUND\x00" if b"EICAR" in content else b"stream: OK\x00"
                )


@pytest.fixture
def clamd(settings, tmp_path):
    settings.CLAMAV_SOCKET = str(tmp_path / "clamd")
    server = Clamd(settings.CLAMAV_SOCKET)
    server.start()
    return server


def test_a_clean_file_is_scanned_once_and_stored(client, editor, clamd):
    client.force_login(editor)
    text = "Закон Архимеда\n".encode() * 10_000
    client.post(reverse("wagtaildocs:add"), {"title": "t", "file": SimpleUploadedFile("a.txt", text)})
    assert (PortalDocument.objects.get().scan_state, clamd.received) == ("clean", [text])


def test_an_infected_file_is_refused(clamd, media):
    with pytest.raises(ValidationError) as refused:
        make.document("a.txt", b"EICAR-STANDARD-ANTIVIRUS-TEST-FILE")
    assert refused.value.error_dict["file"][0].code == "infected"
    assert on_disk(media) == []


def test_without_the_scanner_the_portal_goes_on(settings, tmp_path):
    settings.CLAMAV_SOCKET = str(tmp_path / "nobody")
    assert make.document().scan_state == "unscanned"
