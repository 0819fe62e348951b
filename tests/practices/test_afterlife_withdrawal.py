"""Withdrawal by the author, hiding by moderators, and the way back from both."""

import json

import pytest
from django.test import Client, TestCase
from wagtail.models import PageViewRestriction

from certificates.models import Certificate
from certificates.services import issue
from moderation import registry
from moderation.models import ModerationAction
from notifications.models import Notification
from practices.models import PracticeAuthor, PracticePage, Round, Withdrawal
from tests.factories import complaints, files, pages, review
from tests.factories.accounts import UserFactory
from tests.factories.afterlife import practice_by, report, teacher

pytestmark = pytest.mark.django_db

REASON = "В тексте нашлась ошибка, которую нельзя исправить."
SECRET = "Раскладываем пуговицы по крышкам"


@pytest.fixture
def author():
    return teacher(last_name="Авторова", first_name="Анна", patronymic="Петровна")


@pytest.fixture
def practice(author) -> PracticePage:
    return practice_by(author, title="Делим пуговицы", body=SECRET, summary="Тайное резюме.")


@pytest.fixture
def coordinator():
    return UserFactory(roles=["coordinator"])


def withdraw(practice: PracticePage, person):
    client = Client()
    client.force_login(person)
    return client.post(f"/practices/{practice.pk}/withdraw/", {"reason": REASON})


def bring_back(practice: PracticePage, person):
    client = Client()
    client.force_login(person)
    return client.post(f"/practices/{practice.pk}/restore/")


def found(client, practice: PracticePage) -> list[str]:
    """Where a visitor still meets the practice."""
    bank = pages.bank_page().url
    places = {"search": f"{bank}?q=пуговицы", "list": bank, "feed": f"{bank}feed/", "sitemap": "/sitemap-pages.xml"}
    return [name for name, address in places.items() if practice.slug in client.get(address).content.decode()]


BELOW = ["", "handout/", "materials/", "citation/bib/", "used/", "history/", "history/1/", "no/"]


@pytest.mark.parametrize("below", BELOW)
def test_the_address_tells_who_when_and_why_and_nothing_of_the_text(client, practice, author, below):
    withdraw(practice, author)
    response = client.get(practice.url + below)
    html = response.content.decode()
    assert response.status_code == 410
    for words in ("Делим пуговицы", "Авторова Анна Петровна", REASON):
        assert words in html
    for words in (SECRET, "Тайное резюме."):
        assert words not in html


def test_a_withdrawn_practice_is_found_nowhere_and_again_when_it_is_back(client, practice, author, coordinator):
    everywhere = ["search", "list", "feed", "sitemap"]
    assert found(client, practice) == everywhere
    withdraw(practice, author)
    assert found(client, practice) == []
    bring_back(practice, coordinator)
    assert found(client, practice) == everywhere
    assert client.get(practice.url).status_code == 200
    assert not Withdrawal.objects.exists()


def test_bringing_back_shows_the_text_that_was_public_and_leaves_the_draft(client, practice, author, coordinator):
    draft = practice.get_latest_revision_as_object()
    draft.title = "Черновое название"
    draft.save_revision()
    withdraw(practice, author)
    bring_back(practice, coordinator)
    assert client.get(practice.url).context["page"].title == "Делим пуговицы"
    back = PracticePage.objects.get(pk=practice.pk)
    assert back.get_latest_revision_as_object().title == "Черновое название"
    assert back.has_unpublished_changes
    assert len(client.get(f"{practice.url}history/").context["editions"]) == 1


def test_certificates_stay_valid(practice, author):
    issue(kind="publication", holder=author, title=practice.title, obj=practice, url=practice.url)
    withdraw(practice, author)
    assert Certificate.objects.valid().filter(holder=author).count() == 1


def test_the_others_are_told_once(practice, author, coordinator):
    coauthor = teacher()
    PracticeAuthor.objects.create(page=practice, user=coauthor)
    for _press in range(2):
        assert withdraw(practice, author).headers["Location"] == f"/practices/{practice.pk}/after/"
    told = Notification.objects.filter(kind="practices.withdrawn")
    assert {(each.recipient, each.text) for each in told} == {(coauthor, REASON), (coordinator, REASON)}


def test_a_reason_is_asked_for(client, practice, author):
    client.force_login(author)
    response = client.post(f"/practices/{practice.pk}/withdraw/", {"reason": " "})
    assert list(response.context["form"].errors) == ["reason"]
    assert client.get(practice.url).status_code == 200


def test_a_closed_practices_address_stays_closed(client, practice, author):
    PageViewRestriction.objects.create(page=practice, restriction_type=PageViewRestriction.LOGIN)
    withdraw(practice, author)
    response = client.get(practice.url)
    assert (response.status_code, REASON in response.content.decode()) == (302, False)


def test_a_review_that_goes_on_is_called_back(practice, author):
    opened = review.again(practice, title="Новая редакция")
    withdraw(practice, author)
    opened.refresh_from_db()
    assert opened.outcome == Round.Outcome.CALLED_BACK


def test_a_new_edition_ends_the_withdrawal(client, practice, author):
    withdraw(practice, author)
    PracticePage.objects.get(pk=practice.pk).save_revision().publish()
    assert client.get(practice.url).status_code == 200
    assert not Withdrawal.objects.exists()


def test_moderators_hide_and_restore_a_practice(client, practice, coordinator):
    known = registry.of(practice)
    known.hide(practice, coordinator)
    assert client.get(practice.url).status_code == 404
    assert found(client, practice) == []
    for _press in range(2):
        known.restore(practice, coordinator)
    assert found(client, practice) == ["search", "list", "feed", "sitemap"]
    assert len(client.get(f"{practice.url}history/").context["editions"]) == 1


def desk_of(coordinator, complaint):
    client = Client()
    client.force_login(coordinator)
    return lambda deed: client.post(f"/complaints/{complaint.pk}/{deed}/", {"reason": "Проверили"}, follow=True)


def test_moderators_publish_nothing_that_its_author_has_withdrawn(client, practice, author, coordinator):
    do = desk_of(coordinator, complaints.complaint(practice))
    withdraw(practice, author)
    for deed in ("hide", "restore"):
        assert do(deed).status_code == 200
    assert (client.get(practice.url).status_code, Withdrawal.objects.count()) == (410, 1)
    assert not ModerationAction.objects.exists()


def test_what_was_hidden_and_then_withdrawn_in_a_new_edition_stays_withdrawn(client, practice, author, coordinator):
    do = desk_of(coordinator, complaints.complaint(practice))
    do("hide")
    PracticePage.objects.get(pk=practice.pk).save_revision().publish()
    withdraw(practice, author)
    do("restore")
    assert client.get(practice.url).status_code == 410
    assert [action.action for action in ModerationAction.objects.all()] == ["hide"]


@pytest.mark.parametrize("deed", ["hide", "withdraw"])
def test_pictures_of_what_is_public_no_more_are_gone_from_their_own_addresses(client, author, coordinator, deed):
    cover, drawing = files.image(), files.image()
    text = practice_by(author).get_latest_revision_as_object()
    text.share_image = cover
    text.body = json.dumps([{"type": "picture", "value": {"image": drawing.pk, "caption": "", "alt": "Рисунок"}}])
    text.save_revision(clean=False).publish()
    practice = PracticePage.objects.get(pk=text.pk)
    client.get(practice.url)
    pictures = {each.url for image in (cover, drawing) for each in image.renditions.all()}
    assert {client.get(url).status_code for url in pictures} == {200}
    with TestCase.captureOnCommitCallbacks(execute=True):
        registry.of(practice).hide(practice, coordinator) if deed == "hide" else withdraw(practice, author)
    assert {client.get(url).status_code for url in pictures} == {404}
    registry.of(practice).restore(practice, coordinator) if deed == "hide" else bring_back(practice, coordinator)
    assert client.get(practice.url).status_code == 200
    assert cover.renditions.exists()
    assert drawing.renditions.exists()


def test_moderators_hide_and_restore_a_report(client, practice, coordinator):
    written = report(practice, outcome="Грубые слова")
    known = registry.of(written)
    for _press in range(2):
        known.hide(written, coordinator)
        written.refresh_from_db()
    context = client.get(practice.url).context
    assert (context["reports"], context["reports_count"]) == ([], 0)
    known.restore(written, coordinator)
    assert client.get(practice.url).context["reports_count"] == 1


def test_who_cannot_read_a_practice_cannot_complain_of_it(practice):
    visible_to = registry.of(practice).visible_to
    stranger, superuser = UserFactory(), UserFactory(is_superuser=True)
    assert visible_to(practice, stranger)
    PageViewRestriction.objects.create(page=practice, restriction_type=PageViewRestriction.GROUPS)
    practice = PracticePage.objects.get(pk=practice.pk)
    assert [visible_to(practice, person) for person in (stranger, superuser)] == [False, True]
    practice.unpublish()
    assert not visible_to(practice, superuser)
