"""The author's page through the front door: what is sent is what is kept, and nothing of anybody else's."""

import pytest
from django.urls import reverse

from practices.authoring import drafts
from practices.models import PracticePage, Submission
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


def test_an_empty_form_makes_no_draft(client, author):
    url = reverse("authoring:write")
    data = factory.form_of(client, url)
    assert client.post(url, data, **JSON).json() == {"empty": True}
    assert client.post(url, data).status_code == 200
    assert PracticePage.objects.count() == 0


def test_the_first_words_make_a_draft_and_a_second_click_makes_no_other(client, author):
    url = reverse("authoring:write")
    data = factory.form_of(client, url, title="Остаток")
    first = client.post(url, data, **JSON).json()
    second = client.post(url, data, **JSON).json()
    practice = PracticePage.objects.get()

    assert first["url"] == second["url"] == edit(practice)
    assert (first["version"], second["version"]) == (1, 1)
    assert (practice.title, practice.live, practice.owner) == ("Остаток", False, author)
    assert [a.user for a in practice.authors.all()] == [author]
    assert Submission.objects.get().author == author


def test_opening_and_saving_without_a_change_changes_nothing(client, author):
    practice = factory.complete(author)
    before = content(practice)
    data = factory.form_of(client, edit(practice))
    answer = client.post(edit(practice), data, **JSON).json()

    assert answer["version"] == 1
    assert content(practice) == before
    assert practice.revisions.count() == 1


def test_what_is_sent_is_what_is_kept(client, author):
    practice = factory.written(author)
    subject = pages.subject("Окружающий мир")
    sent = {
        "summary": "Коротко.",
        "kind": "project",
        "subjects": [subject.pk],
        "grades": ["2", "3"],
        "levels": ["primary"],
        "tags": "горох,  Горох, дневник наблюдений",
        "year": "2024",
        "licence": "CC BY-SA 4.0",
        "results": "Выросло.\n\nСъели.",
        "equipment": "Стаканы\r\nземля",
    }
    response = client.post(edit(practice), factory.form_of(client, edit(practice), **sent))

    assert response.status_code == 302
    kept = content(practice)
    assert {name: kept[name] for name in sent} == {
        **sent,
        "grades": [2, 3],
        "tags": ["горох", "дневник наблюдений"],
        "year": 2024,
        "results": "<p>Выросло.</p><p>Съели.</p>",
        "equipment": "Стаканы\nземля",
    }
    assert kept["body"] == [factory.PROSE, factory.STEP]


def test_a_field_that_cannot_be_understood_is_said_and_keeps_what_it_had(client, author):
    practice = factory.written(author)
    wrong = {"kind": "sonata", "summary": "я" * 501, "title": "Верное", "card-step-1-minutes": "-4"}
    data = factory.form_of(client, edit(practice), **wrong)
    answer = client.post(edit(practice), data, **JSON).json()

    assert sorted(answer["errors"]) == ["card-step-1-minutes", "kind", "summary"]
    kept = content(practice)
    assert (kept["title"], kept["kind"], kept["summary"]) == ("Верное", "", "")
    assert kept["body"][1] == factory.STEP
    page = client.post(edit(practice), data | {"version": answer["version"]})
    assert page.status_code == 422
    assert "я" * 501 in page.content.decode()


def test_a_cut_off_form_saves_nothing(client, author):
    practice = factory.written(author)
    data = factory.form_of(client, edit(practice), title="Обрывок", whole=None)
    assert client.post(edit(practice), data).status_code == 400
    assert content(practice)["title"] == "Остаток — не ошибка"


# Cards without scripts

DEEDS = [
    ("up:step-1", ["step-1", "prose-1"]),
    ("down:prose-1", ["step-1", "prose-1"]),
    ("up:prose-1", ["prose-1", "step-1"]),
    ("remove:prose-1", ["step-1"]),
    ("remove:nobody", ["prose-1", "step-1"]),
    ("add:sonata:", ["prose-1", "step-1"]),
    ("up", ["prose-1", "step-1"]),
]


@pytest.mark.parametrize(("deed", "order"), DEEDS)
def test_buttons_move_and_remove_cards_without_scripts(client, author, deed, order):
    practice = factory.written(author)
    response = client.post(edit(practice), factory.form_of(client, edit(practice), do=deed))
    assert response.status_code == 302
    assert [block["id"] for block in content(practice)["body"]] == order


def test_a_card_is_added_after_another_and_the_page_goes_to_it(client, author):
    practice = factory.written(author)
    response = client.post(edit(practice), factory.form_of(client, edit(practice), do="add:callout:prose-1"))
    body = content(practice)["body"]

    assert [block["type"] for block in body] == ["prose", "callout", "step"]
    assert response.url == f"{edit(practice)}#card-{body[1]['id']}"


def test_a_removed_card_is_brought_back_to_its_place(client, author):
    practice = factory.written(author)
    client.post(edit(practice), factory.form_of(client, edit(practice), do="remove:prose-1"))
    client.post(edit(practice), factory.form_of(client, edit(practice), do="undo"))
    assert content(practice)["body"] == [factory.PROSE, factory.STEP]


def test_a_card_is_added_to_an_empty_form_and_makes_no_draft_yet(client, author):
    url = reverse("authoring:write")
    page = client.post(url, factory.form_of(client, url, do="add:step:"))
    assert (page.status_code, PracticePage.objects.count()) == (200, 0)
    assert [card.type for card in page.context["body"]] == ["step"]


# Two writers


def test_two_writers_never_overwrite_each_other_silently(client, author):
    practice = factory.written(author)
    mine = factory.form_of(client, edit(practice), title="Мой")
    theirs = factory.form_of(client, edit(practice), title="Другой")
    assert client.post(edit(practice), theirs, **JSON).json()["version"] == 2
    refused = client.post(edit(practice), mine, **JSON)

    assert refused.status_code == 409
    assert refused.json()["version"] == 2
    assert content(practice)["title"] == "Другой"
    page = client.post(edit(practice), mine)
    assert page.status_code == 409
    assert page.context["form"]["title"].value() == "Мой"


def test_the_same_save_twice_is_one_save(client, author):
    practice = factory.written(author)
    data = factory.form_of(client, edit(practice), title="Новое имя")
    answers = [client.post(edit(practice), data, **JSON).json()["version"] for _time in range(3)]
    assert (answers, practice.revisions.count()) == ([2, 2, 2], 1)


@pytest.mark.parametrize(
    ("deed", "titles"),
    [("mine", ["Мой"]), ("theirs", ["Другой"]), ("apart", ["Другой", "Мой"])],
)
def test_of_two_texts_the_writer_chooses_and_nothing_is_lost(client, author, deed, titles):
    practice = factory.written(author)
    mine = factory.form_of(client, edit(practice), title="Мой")
    client.post(edit(practice), factory.form_of(client, edit(practice), title="Другой"))
    client.post(edit(practice), mine | {"do": deed})

    assert [page.title for page in PracticePage.objects.order_by("pk")] == titles
    if deed == "mine":
        assert [each.as_object().title for each in practice.revisions.order_by("pk")] == ["Другой", "Мой"]


def test_what_an_editor_changed_in_the_admin_is_not_overwritten(client, author):
    practice = factory.written(author)
    data = factory.form_of(client, edit(practice), title="Авторское")
    page = drafts.draft_of(practice)
    page.summary = "Правка редактора"
    page.save_revision(user=factory.author(), clean=False)
    assert client.post(edit(practice), data, **JSON).status_code == 409
    fresh = factory.form_of(client, edit(practice), title="Авторское")
    assert client.post(edit(practice), fresh, **JSON).status_code == 200
    assert (content(practice)["title"], content(practice)["summary"]) == ("Авторское", "Правка редактора")


# Published practices


def test_a_new_version_of_a_published_practice_leaves_the_public_text_alone(client, author):
    practice = factory.complete(author)
    drafts.draft_of(practice).get_latest_revision().publish()
    client.post(edit(practice), factory.form_of(client, edit(practice), title="Второе издание"))
    practice.refresh_from_db()

    assert (practice.live, practice.title) == (True, "Остаток — не ошибка")
    assert content(practice)["title"] == "Второе издание"


# The hostile


def test_scripts_do_not_get_into_texts(client, author):
    practice = factory.written(author)
    evil = '<p onclick="x()">Да<script>alert(1)</script><a href="javascript:x()">тут</a></p>'
    sent = {
        "title": "<script>alert(1)</script>",
        "problem": evil,
        "card-prose-1-text": evil,
        "card": ["prose-1", "e1"],
        "card-e1-type": "embed",
        "card-e1-url": "javascript:alert(1)",
        "card-e1-title": "Видео",
    }
    client.post(edit(practice), factory.form_of(client, edit(practice), **sent))
    kept = content(practice)

    assert kept["problem"] == kept["body"][0]["value"] == "<p>Датут</p>"
    assert kept["body"][1]["value"]["url"] == "https://javascript:alert(1)"
    page = client.get(reverse("authoring:preview", args=[practice.pk])).content.decode()
    assert "<script>alert" not in page
    assert "<script>alert" not in client.get(edit(practice)).content.decode()


def test_blocks_of_unknown_kinds_and_odd_ids_are_left_out(client, author):
    practice = factory.written(author)
    sent = {
        "card": ["prose-1", "x", 'a"><b', "y"],
        "card-x-type": "raw_html",
        "card-x-text": "<script>",
        'card-a"><b-type': "prose",
        'card-a"><b-text': "Нет",
        "card-y-type": "table",
        "card-y-rows": "А | Б\n1 | 2\\|3",
        "card-y-caption": "Т",
    }
    client.post(edit(practice), factory.form_of(client, edit(practice), **sent))
    body = content(practice)["body"]

    assert [block["id"] for block in body] == ["prose-1", "y"]
    assert body[1]["value"]["table"]["rows"] == [{"values": ["1", "2|3"]}]


def test_links_to_files_cannot_be_made_by_number_and_stay_where_they_stood(client, author):
    document = files.document(uploader=author)
    link = f'<p><a linktype="document" id="{document.pk}">Карточки</a></p>'
    practice = factory.written(author, problem=link)
    assert content(practice)["problem"] == link
    other = files.document("чужой.txt")
    forged = f'<p><a linktype="document" id="{other.pk}">Чужое</a></p>'
    data = factory.form_of(client, edit(practice), results=forged)
    assert document.url in data["problem"]
    client.post(edit(practice), data)

    assert (content(practice)["problem"], content(practice)["results"]) == (link, "<p>Чужое</p>")


@pytest.mark.parametrize("version", ["", "x", "-1", "9" * 30])
def test_an_odd_version_is_a_stale_one(client, author, version):
    practice = factory.written(author)
    data = factory.form_of(client, edit(practice), title="Иначе", version=version)
    assert client.post(edit(practice), data, **JSON).status_code == 409
