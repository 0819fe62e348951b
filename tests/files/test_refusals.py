"""Hostile files, through each door."""

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from files.models import PortalDocument, PortalImage
from tests.factories import files as make

from . import hostile
from .conftest import on_disk

pytestmark = pytest.mark.django_db


def codes(errors) -> list[str]:
    return [error.code for error in errors["file"]]


@pytest.mark.parametrize("what", hostile.DOCUMENTS)
def test_the_admin_refuses_a_hostile_document_and_keeps_nothing(client, editor, media, what):
    name, content, code = hostile.DOCUMENTS[what]()
    client.force_login(editor)
    response = client.post(reverse("wagtaildocs:add"), {"title": "t", "file": SimpleUploadedFile(name, content)})
    found = codes(response.context["form"].errors.as_data())
    assert found == [code]
    assert (PortalDocument.objects.count(), on_disk(media)) == (0, [])


@pytest.mark.parametrize("what", hostile.PICTURES)
def test_the_admin_refuses_a_hostile_picture_and_keeps_nothing(client, editor, media, what):
    name, content, code = hostile.PICTURES[what]()
    client.force_login(editor)
    response = client.post(reverse("wagtailimages:add"), {"title": "t", "file": SimpleUploadedFile(name, content)})
    assert codes(response.context["form"].errors.as_data()) == [code]
    assert (PortalImage.objects.count(), on_disk(media)) == (0, [])


@pytest.mark.parametrize("what", hostile.DOCUMENTS)
def test_storing_from_code_refuses_a_hostile_document_and_keeps_nothing(media, what):
    name, content, code = hostile.DOCUMENTS[what]()
    with pytest.raises(ValidationError) as refused:
        make.document(name, content)
    assert codes(refused.value.error_dict) == [code]
    assert on_disk(media) == []


@pytest.mark.parametrize("what", hostile.PICTURES)
def test_storing_from_code_refuses_a_hostile_picture_and_keeps_nothing(media, what):
    name, content, code = hostile.PICTURES[what]()
    with pytest.raises(ValidationError) as refused:
        make.image(name, content)
    assert codes(refused.value.error_dict) == [code]
    assert on_disk(media) == []


@pytest.mark.parametrize(("door", "name"), [("wagtaildocs", "a.docm"), ("wagtailimages", "a.svg")])
def test_uploading_many_at_once_tells_the_reason_for_the_one_refused(client, editor, media, door, name):
    client.force_login(editor)
    response = client.post(
        reverse(f"{door}:add_multiple"),
        {"title": "t", "files[]": SimpleUploadedFile(name, b"<svg onload='alert(1)'/>")},
    )
    answer = response.json()
    assert (answer["success"], bool(answer["error_message"])) == (False, True)
    assert on_disk(media) == []


def test_a_hostile_file_does_not_replace_a_good_one(client, editor, media):
    document = make.document()
    before = on_disk(media)
    client.force_login(editor)
    response = client.post(
        reverse("wagtaildocs:edit", args=[document.pk]),
        {"title": "t", "file": SimpleUploadedFile("a.txt", b"<html><script>alert(1)</script>")},
    )
    assert codes(response.context["form"].errors.as_data()) == ["page"]
    document.refresh_from_db()
    assert (document.file.read(), on_disk(media)) == ("Закон Архимеда".encode(), before)
