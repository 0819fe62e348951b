"""What follows a publication: papers, news, the mark; and what readers are told of editions and corrections."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.models import PageLogEntry

from certificates.models import Certificate
from notifications.models import Notification
from practices.models import Correction, Distinction, PracticeAuthor, PracticePage
from search import index
from tests.factories import pages, review
from tests.factories.accounts import UserFactory
from tests.factories.afterlife import practice_by, teacher

pytestmark = pytest.mark.django_db


def accepted(points: int = 3, author=None, **values) -> PracticePage:
    """A practice published by the verdicts of its experts."""
    for _number in range(2):
        review.expert(pages.subject())
    opened = review.submitted(author, **values)
    for each in opened.reviews.all():
        review.finish(each, points=points)
    return PracticePage.objects.get(pk=opened.practice_id)


def publish_anew(practice: PracticePage, **changes) -> PracticePage:
    text = practice.get_latest_revision_as_object()
    for name, value in changes.items():
        setattr(text, name, value)
    text.save_revision().publish()
    return PracticePage.objects.get(pk=practice.pk)


def test_each_author_with_an_account_gets_a_certificate_and_the_news():
    author, coauthor = teacher(), teacher()
    practice = accepted(author=author, coauthors=[coauthor], school=pages.school_page("Школа № 7"))
    papers = Certificate.objects.filter(kind="publication")
    assert {(paper.holder, paper.title, paper.school) for paper in papers} == {
        (author, practice.title, "Школа № 7"),
        (coauthor, practice.title, "Школа № 7"),
    }
    assert all(paper.url.endswith(practice.url) for paper in papers)
    told = Notification.objects.filter(kind="practices.published")
    assert {(each.recipient, each.url) for each in told} == {(author, practice.url), (coauthor, practice.url)}


def test_strong_accord_gives_the_mark_on_page_card_and_in_the_filter(client):
    best = accepted(3, title="Отлично")
    good = accepted(2, title="Хорошо")
    assert [mark.practice for mark in Distinction.objects.all()] == [best]
    assert client.get(best.url).context["is_best"]
    assert not client.get(good.url).context["is_best"]
    bank = client.get(pages.bank_page().url)
    assert {card.title: card.is_best for card in bank.context["cards"]} == {"Отлично": True, "Хорошо": False}
    narrowed = client.get(f"{pages.bank_page().url}?mark=best")
    assert [card.title for card in narrowed.context["cards"]] == ["Отлично"]
    facets = {facet["name"]: [value.value for value in facet["values"]] for facet in bank.context["facets"]}
    assert facets["mark"] == ["best"]


def test_a_mark_once_earned_stays_with_a_later_edition(client):
    practice = accepted(3)
    again = review.again(practice, title="Поправлено")
    for each in again.reviews.all():
        review.finish(each, points=2)
    assert client.get(practice.url).context["page"].title == "Поправлено"
    assert Distinction.objects.filter(practice=practice).count() == 1
    assert Certificate.objects.filter(kind="publication").count() == 1
    assert Notification.objects.filter(kind="practices.published").count() == 2


def test_an_editors_correction_in_the_admin_is_no_news():
    practice = practice_by(teacher())
    publish_anew(practice, summary="Без опечатки.")
    assert not Notification.objects.exists()
    assert not Certificate.objects.exists()


def test_readers_see_each_edition_and_what_it_changed(client):
    practice = practice_by(teacher(), title="Первое название")
    practice = publish_anew(practice, title="Второе название")
    practice = publish_anew(practice, results="<p>Стало заметно лучше.</p>")
    history = client.get(f"{practice.url}history/")
    assert [(edition.number, edition.is_current) for edition in history.context["editions"]] == [
        (3, True),
        (2, False),
        (1, False),
    ]
    second = client.get(f"{practice.url}history/2/").content.decode()
    assert "<del>Первое</del>" in second
    assert "<ins>Второе</ins>" in second
    assert "заметно" not in second
    third = client.get(f"{practice.url}history/3/").content.decode()
    assert "заметно" in third
    assert client.get(f"{practice.url}history/1/").context["changes"] is None


def test_a_draft_is_in_no_history(client):
    practice = practice_by(teacher(), title="Опубликовано")
    draft = practice.get_latest_revision_as_object()
    draft.title = "Тайный черновик"
    draft.save_revision()
    assert len(client.get(f"{practice.url}history/").context["editions"]) == 1
    for number in (0, 2, 3, 999999999999):
        assert client.get(f"{practice.url}history/{number}/").status_code == 404
    publish_anew(PracticePage.objects.get(pk=practice.pk), title="Новое")
    assert "Тайный" not in client.get(f"{practice.url}history/2/").content.decode()


def test_experts_are_named_in_no_history(client):
    expert = UserFactory(last_name="Тайнова", roles=["expert"], subjects=[pages.subject()])
    practice = accepted(author=teacher())
    for below in ("", "history/", "history/1/"):
        assert expert.last_name not in client.get(practice.url + below).content.decode()


def test_an_edition_whose_text_was_purged_is_still_listed(client):
    practice = practice_by(teacher())
    practice = publish_anew(practice, title="Второе")
    practice = publish_anew(practice, title="Третье")
    first = PageLogEntry.objects.filter(page=practice.pk, action="wagtail.publish").order_by("timestamp").first()
    first.revision.delete()
    response = client.get(f"{practice.url}history/2/")
    assert (response.status_code, response.context["changes"]) == (200, None)


def test_history_costs_as_many_queries_with_thirty_editions_as_with_two(client):
    practice = practice_by(teacher())
    practice = publish_anew(practice, title="Редакция 2")
    for below in ("history/", "history/2/", ""):
        client.get(practice.url + below)
    queries = {}
    for total in (2, 30):
        for below in ("history/", "history/2/", ""):
            with CaptureQueriesContext(connection) as captured:
                client.get(f"{practice.url}{below}?{total}")
            queries.setdefault(below, []).append(len(captured))
        if total == 2:
            for number in range(3, 31):
                practice = publish_anew(practice, title=f"Редакция {number}")
    assert {below: len(set(counts)) for below, counts in queries.items()} == {"history/": 1, "history/2/": 1, "": 1}
    assert len(client.get(f"{practice.url}history/").context["editions"]) == 30


def test_an_author_notes_a_correction_and_takes_it_off(client):
    author = teacher()
    practice = practice_by(author)
    client.force_login(author)
    page = f"/practices/{practice.pk}/after/"
    for _press in range(2):
        assert client.post(page, {"text": "В задаче 4 ответ 12."}).headers["Location"] == page
    note = Correction.objects.get()
    assert (note.text, note.author) == ("В задаче 4 ответ 12.", author)
    assert "В задаче 4 ответ 12." in client.get(practice.url).content.decode()
    assert "В задаче 4 ответ 12." in client.get(f"{practice.url}history/").content.decode()
    other = practice_by(author)
    client.post(f"/practices/{other.pk}/after/", {"remove": str(note.pk)})
    client.post(page, {"remove": "1' OR 1=1"})
    assert Correction.objects.exists()
    client.post(page, {"remove": str(note.pk)})
    assert not Correction.objects.exists()


def test_an_empty_correction_is_refused_at_its_field(client):
    author = teacher()
    practice = practice_by(author)
    client.force_login(author)
    response = client.post(f"/practices/{practice.pk}/after/", {"text": " "})
    assert list(response.context["form"].errors) == ["text"]


def test_a_photographer_gets_no_certificate():
    author, photographer = teacher(), UserFactory()
    text = review.written(author).get_latest_revision_as_object()
    text.authors.add(PracticeAuthor(user=photographer, role="photographer"))
    text.save_revision().publish()
    assert [paper.holder for paper in Certificate.objects.filter(kind="publication")] == [author]


def test_the_mark_is_in_a_rebuilt_index_too(client):
    practice = practice_by(teacher())
    Distinction.objects.create(practice=practice)
    index.update("practice", [practice.pk])
    assert client.get(f"{pages.bank_page().url}?mark=best").context["results"].total == 1


def test_a_coordinator_does_not_find_the_experts_of_their_own_practice_in_the_register(client):
    boss = review.coordinator()
    review.expert(last_name="Тайнова")
    review.rules(experts=1)
    for author in (boss, teacher()):
        review.finish(review.reviews_of(review.submitted(author))[0])
    papers = {paper.obj.round.submitted_by: paper for paper in Certificate.objects.filter(kind="review")}
    client.force_login(boss)
    for query in ("", "?q=Тайнова", f"?q={papers[boss].code}"):
        found = client.get(f"/certificates/register/{query}").context["object_list"]
        assert papers[boss] not in found
    assert [
        paper for paper in client.get("/certificates/register/").context["object_list"] if paper.kind == "review"
    ] == [paper for author, paper in papers.items() if author != boss]
    client.force_login(review.coordinator())
    assert papers[boss] in client.get("/certificates/register/").context["object_list"]
