"""Who may take a file away, and what goes out with it."""

import uuid
from urllib.parse import quote

import pytest
from django.contrib.auth.models import Group
from django.contrib.contenttypes.models import ContentType
from django.urls import reverse
from wagtail.models import (
    BaseViewRestriction,
    Collection,
    CollectionViewRestriction,
    Page,
    PageViewRestriction,
    ReferenceIndex,
)

from files.models import PortalDocument
from files.signals import document_downloaded
from files.tasks import read_document
from tests.factories import files as make

from .conftest import person

pytestmark = pytest.mark.django_db

TEXT = "Закон Архимеда".encode()
NAME = "План урока.txt"


def page(live: bool = True, parent: Page | None = None) -> Page:
    return (parent or Page.get_first_root_node()).add_child(
        instance=Page(title="Практика", slug=uuid.uuid4().hex, live=live)
    )


def shown_on(document: PortalDocument, target) -> PortalDocument:
    """As Wagtail notes it when a page or a snippet with the document is saved."""
    base = Page if isinstance(target, Page) else type(target)
    ReferenceIndex.objects.create(
        content_type=ContentType.objects.get_for_model(target),
        base_content_type=ContentType.objects.get_for_model(base),
        object_id=target.pk,
        to_content_type=ContentType.objects.get_for_model(PortalDocument),
        to_object_id=document.pk,
        model_path="body",
        content_path="body",
        content_path_hash=uuid.uuid4(),
    )
    return document


def stored(uploader=None, **fields) -> PortalDocument:
    return make.document(NAME, TEXT, uploader=uploader, **fields)


def on_public_page(uploader):
    return shown_on(stored(uploader), page())


def in_a_draft(uploader):
    return shown_on(stored(uploader), page(live=False))


def on_a_page_to_sign_in(uploader):
    parent = page()
    PageViewRestriction.objects.create(page=parent, restriction_type=BaseViewRestriction.LOGIN)
    return shown_on(stored(uploader), page(parent=parent))


def on_a_page_for_experts(uploader):
    target = page()
    restriction = PageViewRestriction.objects.create(page=target, restriction_type=BaseViewRestriction.GROUPS)
    restriction.groups.add(Group.objects.get_or_create(name="expert")[0])
    return shown_on(stored(uploader), target)


def on_a_page_with_a_password(uploader):
    target = page()
    PageViewRestriction.objects.create(page=target, restriction_type=BaseViewRestriction.PASSWORD, password="море")
    return shown_on(stored(uploader), target)


def on_a_closed_and_a_public_page(uploader):
    return shown_on(in_a_draft(uploader), page())


def in_a_closed_collection(uploader):
    collection = Collection.get_first_root_node().add_child(name="Для вошедших")
    CollectionViewRestriction.objects.create(collection=collection, restriction_type=BaseViewRestriction.LOGIN)
    return shown_on(stored(uploader, collection=collection), page())


def an_orphan(uploader):
    return stored(uploader)


# Who gets what:   anonymous, teacher, expert, editor, uploader, superuser
WHO = ["anonymous", "teacher", "expert", "editor", "uploader", "superuser"]
TABLE = {
    on_public_page: "+ + + + + +",
    in_a_draft: "- - - + + +",
    on_a_page_to_sign_in: "- + + + + +",
    on_a_page_for_experts: "- - + + + +",
    on_a_page_with_a_password: "- - - + + +",
    on_a_closed_and_a_public_page: "+ + + + + +",
    in_a_closed_collection: "- + + + + +",
    an_orphan: "- - - + + +",
}


@pytest.fixture
def people(teacher, editor, superuser):
    expert = person("expert@example.org")
    expert.groups.add(Group.objects.get_or_create(name="expert")[0])
    return {
        "anonymous": None,
        "teacher": teacher,
        "expert": expert,
        "editor": editor,
        "uploader": person("uploader@example.org"),
        "superuser": superuser,
    }


@pytest.mark.parametrize("where", TABLE, ids=lambda where: where.__name__)
def test_a_file_is_as_open_as_the_most_open_thing_that_shows_it(client, people, where):
    document = where(people["uploader"])
    answers = {}
    for who, user in people.items():
        client.logout()
        if user:
            client.force_login(user)
        answers[who] = client.get(document.url).status_code
    expected = {"+": 200, "-": 404}
    assert answers == dict(zip(WHO, [expected[mark] for mark in TABLE[where].split()], strict=True))


@pytest.mark.parametrize("where", TABLE, ids=lambda where: where.__name__)
def test_the_first_page_is_as_open_as_the_file(client, people, where):
    document = where(people["uploader"])
    PortalDocument.objects.filter(pk=document.pk).update(preview=document.file.name)
    address = reverse("files:preview", args=[document.pk])
    assert client.get(address).status_code == client.get(document.url).status_code


def test_a_password_given_for_the_page_opens_its_files(client):
    document = on_a_page_with_a_password(None)
    restriction = PageViewRestriction.objects.get()
    session = client.session
    session[PageViewRestriction.passed_view_restrictions_session_key] = [restriction.pk]
    session.save()
    assert client.get(document.url).status_code == 200


def test_a_file_of_something_that_is_no_page_is_public(client):
    assert client.get(shown_on(stored(), Group.objects.create(name="as a snippet")).url).status_code == 200


def test_a_file_of_something_deleted_is_not(client):
    document = shown_on(stored(), Group(pk=999_999, name="gone"))
    assert client.get(document.url).status_code == 404


def test_a_dismissed_uploader_loses_the_file(client, teacher):
    document = stored(teacher)
    client.force_login(teacher)
    teacher.is_active = False
    teacher.save()
    assert client.get(document.url).status_code == 404


def test_a_visitor_gets_the_file_to_take_away_and_nothing_that_runs(client, django_assert_num_queries):
    document = on_public_page(None)
    with django_assert_num_queries(5):
        response = client.get(document.url)
    assert b"".join(response.streaming_content) == TEXT
    headers = {
        "Content-Type": "text/plain; charset=utf-8",
        "Content-Disposition": f"attachment; filename*=utf-8''{quote(NAME)}",
        "Content-Length": str(len(TEXT)),
        "Content-Security-Policy": "sandbox; default-src 'none'",
        "X-Content-Type-Options": "nosniff",
        "ETag": f'"{document.file_hash}"',
        "Cache-Control": "no-cache",
        "Accept-Ranges": "bytes",
    }
    assert {name: response.headers.get(name) for name in headers} == headers
    assert not response.cookies
    assert "Cookie" not in response.headers.get("Vary", "")


def test_what_a_person_alone_may_have_is_not_kept_by_proxies(client, teacher):
    document = stored(teacher)
    client.force_login(teacher)
    assert client.get(document.url).headers["Cache-Control"] == "private, no-cache"


def test_a_compressing_browser_gets_the_bytes_as_they_are(client):
    response = client.get(on_public_page(None).url, headers={"Accept-Encoding": "gzip"})
    assert b"".join(response.streaming_content) == TEXT


def test_an_unchanged_file_is_not_sent_again(client):
    document = on_public_page(None)
    response = client.get(document.url, headers={"If-None-Match": f'"{document.file_hash}"'})
    assert (response.status_code, response.content) == (304, b"")


@pytest.mark.parametrize(
    ("asked", "status", "content", "told"),
    [
        ("bytes=0-", 200, TEXT, None),
        ("bytes=5-", 206, TEXT[5:], f"bytes 5-{len(TEXT) - 1}/{len(TEXT)}"),
        ("bytes=2-3", 206, TEXT[2:4], f"bytes 2-3/{len(TEXT)}"),
        ("bytes=-4", 206, TEXT[-4:], f"bytes {len(TEXT) - 4}-{len(TEXT) - 1}/{len(TEXT)}"),
        ("bytes=5-900000", 206, TEXT[5:], f"bytes 5-{len(TEXT) - 1}/{len(TEXT)}"),
        ("bytes=9000-", 416, b"", f"bytes */{len(TEXT)}"),
        ("bytes=4-2", 416, b"", f"bytes */{len(TEXT)}"),
        ("bytes=-0", 416, b"", f"bytes */{len(TEXT)}"),
        ("bytes=0-1,3-4", 200, TEXT, None),
        ("bytes=-", 200, TEXT, None),
        ("lines=1-2", 200, TEXT, None),
        ("bytes=" + "9" * 5000 + "-", 200, TEXT, None),
    ],
)
def test_a_broken_download_goes_on(client, asked, status, content, told):
    response = client.get(on_public_page(None).url, headers={"Range": asked})
    assert (response.status_code, response.getvalue(), response.headers.get("Content-Range")) == (status, content, told)


def test_a_download_of_a_changed_file_begins_anew(client):
    response = client.get(on_public_page(None).url, headers={"Range": "bytes=5-", "If-Range": '"former"'})
    assert (response.status_code, response.getvalue()) == (200, TEXT)


@pytest.fixture
def downloads():
    seen = []

    def note(document, request, **kwargs):
        seen.append(document.pk)

    document_downloaded.connect(note)
    yield seen
    document_downloaded.disconnect(note)


def test_only_a_whole_file_taken_counts_as_a_download(client, downloads):
    document, closed = on_public_page(None), an_orphan(None)
    client.get(document.url)
    client.head(document.url)
    client.get(document.url, headers={"Range": "bytes=5-"})
    client.get(document.url, headers={"If-None-Match": f'"{document.file_hash}"'})
    client.get(closed.url)
    assert downloads == [document.pk]


def test_an_address_with_another_name_or_method_leads_nowhere(client):
    document = on_public_page(None)
    other = reverse("files:document", args=[document.pk, "else.txt"])
    assert [client.get(other).status_code, client.post(document.url).status_code] == [404, 405]


def test_a_file_lost_from_the_disk_is_not_found(client):
    document = on_public_page(None)
    document.file.storage.delete(document.file.name)
    assert client.get(document.url).status_code == 404


def test_the_first_page_is_a_picture(client):
    document = shown_on(make.document("a.pdf", make.pdf()), page())
    read_document(document.pk)
    document.refresh_from_db()
    response = client.get(document.preview_url)
    assert (response.status_code, response["Content-Type"], response.getvalue()[8:12]) == (200, "image/webp", b"WEBP")


def test_originals_and_everything_else_of_the_disk_have_no_address(client, media):
    picture, document = make.image(), make.document("a.pdf", make.pdf())
    read_document(document.pk)
    document.refresh_from_db()
    rendition = picture.get_rendition("width-20")
    (media / "images" / "page.html").write_text("<script>alert(1)</script>")
    (media / "images" / "page.svg").write_text("<svg onload='alert(1)'/>")
    tries = [
        f"/media/{picture.file.name}",
        f"/media/{document.file.name}",
        f"/media/{document.preview.name}",
        f"/media/images/../{picture.file.name}",
        f"/media/images/..%2f{picture.file.name.replace('/', '%2f')}",
        f"/media/images/..\\{picture.file.name}",
        "/media/images/%2e%2e%2f%2e%2e%2fsecret_key.png",
        "/media/images/" + "a" * 5000 + ".png",
        "/media/images/page.html",
        "/media/images/page.svg",
        "/media/images/.",
        "/media/images/",
        "/media/",
    ]
    assert {client.get(address).status_code for address in tries} == {404}
    response = client.get(rendition.url)
    assert (response.status_code, response["Content-Type"], response["Cache-Control"]) == (
        200,
        "image/png",
        "public, max-age=31536000, immutable",
    )
    assert (response["X-Content-Type-Options"], response["Content-Security-Policy"]) == (
        "nosniff",
        "sandbox; default-src 'none'",
    )
    assert (response.headers.get("Vary"), dict(response.cookies)) == (None, {})
