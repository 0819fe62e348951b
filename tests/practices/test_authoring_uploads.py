"""Pictures and files of authors: one's own, checked, and cleared away when no text shows them."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from files.models import PortalDocument, PortalImage
from practices.authoring import drafts
from practices.authoring.uploads import storing
from practices.authoring.uploads.tasks import forget_uploads
from practices.models import AuthorUpload, CoauthorInvitation, PracticePage
from tests.factories import authoring as factory
from tests.factories import files, pages

pytestmark = pytest.mark.django_db
JSON = {"HTTP_ACCEPT": "application/json"}


@pytest.fixture
def author(client):
    pages.bank_page()
    user = factory.author()
    client.force_login(user)
    return user


def edit(practice) -> str:
    return reverse("authoring:edit", args=[practice.pk])


def content(practice) -> dict:
    return drafts.content_of(drafts.draft_of(PracticePage.objects.get(pk=practice.pk)))


def body(practice) -> list[dict]:
    return content(practice)["body"]


def picture(name: str = "росток.png") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, files.picture(), "image/png")


def text(name: str = "карточки.txt") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, "Карточка".encode(), "text/plain")


def test_a_picture_is_brought_by_a_script_or_by_the_form(client, author):
    practice = factory.written(author)
    by_script = client.post(reverse("authoring:upload_picture"), {"file": picture()}, **JSON).json()
    sent = {
        "card": ["p", "g"],
        "card-p-type": "picture",
        "card-p-file": picture(),
        "card-p-alt": "Росток",
        "card-g-type": "gallery",
        "card-g-item": ["one"],
        "card-g-one-image": by_script["id"],
        "card-g-one-alt": "Ещё росток",
        "card-g-files": [picture("два.png")],
    }
    client.post(edit(practice), factory.form_of(client, edit(practice), **sent))
    first, gallery = body(practice)

    assert PortalImage.objects.get(pk=first["value"]["image"]).uploaded_by_user == author
    assert [part["value"]["alt"] for part in gallery["value"]["pictures"]] == ["Ещё росток", ""]
    assert AuthorUpload.objects.count() == PortalImage.objects.count() == 3


def test_a_refused_file_says_why_and_harms_nothing(client, author):
    practice = factory.written(author)
    answer = client.post(reverse("authoring:upload_document"), {"file": text("игра.exe")}, **JSON)
    assert answer.status_code == 422
    assert answer.json()["message"]
    data = factory.form_of(client, edit(practice), title="Дальше", **{"material-files": [text("игра.exe"), text()]})
    answer = client.post(edit(practice), data, **JSON).json()

    assert [refusal.partition(":")[0] for refusal in answer["refusals"]] == ["игра.exe"]
    (document_id, _title), *others = content(practice)["materials"]
    assert (PortalDocument.objects.get(pk=document_id).title, others) == ("карточки", [])


def test_somebody_elses_pictures_and_files_cannot_be_put_into_a_text(client, author):
    practice = factory.written(author)
    stranger = factory.author()
    image, document = files.image(uploader=stranger), files.document(uploader=stranger)
    sent = {
        "card": ["p", "d"],
        "card-p-type": "picture",
        "card-p-image": image.pk,
        "card-d-type": "document",
        "card-d-document": document.pk,
        "material": [document.pk, 10**12],
    }
    client.post(edit(practice), factory.form_of(client, edit(practice), title="Чужое", **sent))

    assert [block["value"] for block in body(practice)] == [
        {"image": None, "alt": "", "caption": ""},
        {"document": None, "note": ""},
    ]
    assert content(practice)["materials"] == []


def test_materials_are_named_put_in_order_and_taken_away(client, author):
    first, second = files.document("один.txt", uploader=author), files.document("два.txt", uploader=author)
    practice = factory.written(author, materials=[(first.pk, ""), (second.pk, "")])
    named = factory.form_of(client, edit(practice), **{f"material-{second.pk}-title": "Лист наблюдений"})
    client.post(edit(practice), named | {"do": f"material-up:{second.pk}"})
    assert content(practice)["materials"] == [(second.pk, "Лист наблюдений"), (first.pk, "")]
    client.post(edit(practice), factory.form_of(client, edit(practice), do=f"material-remove:{first.pk}"))

    assert content(practice)["materials"] == [(second.pk, "Лист наблюдений")]


def test_a_file_of_a_draft_is_opened_by_its_writers_alone(client, author):
    document = files.document(uploader=author)
    practice = factory.written(author, materials=[(document.pk, "")])
    colleague, stranger = factory.author(), factory.author()
    CoauthorInvitation.objects.create(
        submission=practice.submission, email="x@y.example", code="x", state="accepted", answered_by=colleague
    )
    seen = {}
    for name, user in {"author": author, "colleague": colleague, "stranger": stranger}.items():
        client.force_login(user)
        seen[name] = client.get(document.url).status_code
    client.logout()
    seen["visitor"] = client.get(document.url).status_code
    assert seen == {"author": 200, "colleague": 200, "stranger": 404, "visitor": 404}


def test_uploads_that_no_text_shows_are_cleared_away_after_some_days(client, author):
    practice = factory.complete(author)
    kept = [client.post(reverse("authoring:upload_picture"), {"file": picture()}, **JSON).json()["id"] for _n in "ab"]
    lost = client.post(reverse("authoring:upload_picture"), {"file": picture()}, **JSON).json()["id"]
    file = client.post(reverse("authoring:upload_document"), {"file": text()}, **JSON).json()["id"]
    forgotten = client.post(reverse("authoring:upload_document"), {"file": text()}, **JSON).json()["id"]
    shown = {"card": ["p"], "card-p-type": "picture", "card-p-image": kept[0], "material": [file]}
    client.post(edit(practice), factory.form_of(client, edit(practice), **shown))
    PracticePage.objects.get().get_latest_revision().publish()
    # Only a revision of a published practice shows it: the index of references knows nothing of that.
    client.post(edit(practice), factory.form_of(client, edit(practice), **{"card-p-image": kept[1]}))
    assert forget_uploads() == 0
    AuthorUpload.objects.update(created_at=timezone.now() - timedelta(days=30))

    assert forget_uploads() == 2
    assert set(PortalImage.objects.values_list("pk", flat=True)) == set(kept)
    assert list(PortalDocument.objects.values_list("pk", flat=True)) == [file]
    assert lost not in kept
    assert forgotten != file


def test_nobody_fills_the_disk_in_a_day(client, author, monkeypatch):
    monkeypatch.setattr(storing, "A_DAY", 2)
    url = reverse("authoring:upload_document")
    assert [client.post(url, {"file": text()}, **JSON).status_code for _time in range(3)] == [200, 200, 422]
