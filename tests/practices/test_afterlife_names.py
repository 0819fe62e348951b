"""A name taken back is shown nowhere; an account gone leaves works, drafts and reviews in good hands."""

import json
import re
from io import BytesIO

import pytest
from django.conf import settings
from django.test import Client
from pypdf import PdfReader

from accounts.models import ConsentText, User
from accounts.services.consents import give_consent, withdraw_consent
from accounts.services.leaving import leave
from notifications.models import Notification
from practices.afterlife import drafts
from practices.models import PracticeAuthor, PracticePage, Review, Round, Submission
from search.models import SearchDocument
from tests.factories import pages, review
from tests.factories.accounts import UserFactory
from tests.factories.afterlife import practice_by, teacher

pytestmark = pytest.mark.django_db

SURNAME = "Именитова"
TEXT = "Согласие на распространение"


@pytest.fixture
def text() -> ConsentText:
    return ConsentText.objects.in_force("distribution")


@pytest.fixture
def author(text, rf) -> User:
    user = teacher(last_name=SURNAME, first_name="Инна", patronymic="Петровна", position="учитель биологии")
    give_consent(user=user, text=text, request=rf.get("/"))
    return user


@pytest.fixture
def practice(author) -> PracticePage:
    return practice_by(author, title="Делим пуговицы", authors=["Второва Вера Павловна"])


def pdf_text(client, practice: PracticePage) -> str:
    response = client.get(f"{practice.url}handout/")
    return "".join(page.extract_text() for page in PdfReader(BytesIO(b"".join(response.streaming_content))).pages)


def shown(client, practice: PracticePage) -> dict[str, bool]:
    """Where a visitor reads the author's surname."""
    bank = pages.bank_page().url
    html = client.get(practice.url).content.decode()
    places = {
        "page": html,
        "json-ld": re.search(r'ld\+json">(.*?)</script>', html, re.DOTALL)[1],
        "card": client.get(bank).content.decode(),
        "bibtex": client.get(f"{practice.url}citation/bib/").content.decode(),
        "ris": client.get(f"{practice.url}citation/ris/").content.decode(),
        "handout": pdf_text(client, practice),
        "feed": client.get(f"{bank}feed/").content.decode(),
        "search": SURNAME if client.get(f"{bank}?q={SURNAME}").context["cards"] else "",
    }
    return {name: SURNAME in place for name, place in places.items()}


EVERYWHERE = {"page", "json-ld", "card", "bibtex", "ris", "handout", "search"}


def where(client, practice: PracticePage) -> set[str]:
    return {name for name, is_shown in shown(client, practice).items() if is_shown}


def test_a_withdrawn_name_is_shown_nowhere_and_everywhere_again(client, practice, author, text, rf):
    assert where(client, practice) == EVERYWHERE
    withdraw_consent(user=author, kind="distribution", request=rf.get("/"))
    assert where(client, practice) == set()
    assert SearchDocument.objects.get(object_id=practice.pk).people[:-1] == ["Второва Вера Павловна"]
    give_consent(user=User.objects.get(pk=author.pk), text=text, request=rf.get("/"))
    assert where(client, practice) == EVERYWHERE


def test_a_withdrawn_name_leaves_no_handout_on_the_disk(
    client, practice, author, rf, django_capture_on_commit_callbacks
):
    pdf_text(client, practice)
    folder = settings.MEDIA_ROOT / "handouts" / str(practice.pk)
    assert len(list(folder.iterdir())) == 1
    with django_capture_on_commit_callbacks(execute=True):
        withdraw_consent(user=author, kind="distribution", request=rf.get("/"))
    assert list(folder.iterdir()) == []


def test_the_other_authors_stay_and_the_position_goes_with_the_name(client, practice, author, rf):
    withdraw_consent(user=author, kind="distribution", request=rf.get("/"))
    html = client.get(practice.url).content.decode()
    assert "Второва Вера Павловна" in html
    assert "учитель биологии" not in html


def test_the_tombstone_hides_the_name_too(client, practice, author, rf):
    withdraw_consent(user=author, kind="distribution", request=rf.get("/"))
    other = Client()
    other.force_login(author)
    other.post(f"/practices/{practice.pk}/withdraw/", {"reason": "Устарело"})
    assert SURNAME not in client.get(practice.url).content.decode()


def test_one_who_leaves_may_leave_the_name(client, practice, author, rf):
    leave(user=author, keep_name=True, request=rf.get("/"))
    assert not User.objects.filter(pk=author.pk).exists()
    assert where(client, practice) == EVERYWHERE


def test_one_who_leaves_may_take_the_name_along_for_good(client, practice, author, rf):
    leave(user=author, keep_name=False, request=rf.get("/"))
    assert where(client, practice) == set()
    page = PracticePage.objects.get(pk=practice.pk)
    assert sorted(author.name for author in page.authors.all()) == ["", "Второва Вера Павловна"]
    assert SURNAME not in json.dumps([revision.content for revision in page.revisions.all()], ensure_ascii=False)
    # A former edition put back does not bring it back either.
    page.revisions.earliest("created_at").publish()
    page.revisions.latest("created_at").publish()
    assert where(client, practice) == set()


def test_an_account_deleted_by_another_door_keeps_a_withdrawn_name_withdrawn(client, practice, author, rf):
    withdraw_consent(user=author, kind="distribution", request=rf.get("/"))
    User.objects.get(pk=author.pk).delete()
    assert where(client, practice) == set()


def test_an_import_does_not_bring_a_name_back(client, rf):
    user = UserFactory(last_name=SURNAME, import_id=f"{SURNAME} Инна")
    record = pages.record(title="Делим пуговицы", authors=[f"{SURNAME} Инна"])
    practice = PracticePage.objects.get(pk=pages.import_records(record).created[0])
    assert practice.authors.get().user == user
    leave(user=user, keep_name=False, request=rf.get("/"))
    assert pages.import_records(record | {"title": "Делим пуговицы иначе"}).updated == [practice.pk]
    html = client.get(practice.url).content.decode()
    assert ("Делим пуговицы иначе" in html, SURNAME in html) == (True, False)


# What a leaver leaves behind


@pytest.fixture
def coordinator() -> User:
    return UserFactory(roles=["coordinator"])


def test_a_lonely_draft_waits_for_the_coordinator(author, coordinator, rf):
    draft = review.written(author, title="Недописанное")
    leave(user=author, keep_name=True, request=rf.get("/"))
    assert [submission.practice for submission in drafts.orphaned()] == [draft]
    told = Notification.objects.get(recipient=coordinator, kind="practices.orphaned")
    assert told.url == "/cabinet/drafts/"


def test_a_draft_with_a_coauthor_goes_on_in_their_hands(author, coordinator, rf):
    coauthor = teacher()
    draft = review.written(author)
    PracticeAuthor.objects.create(page=draft, user=coauthor)
    leave(user=author, keep_name=True, request=rf.get("/"))
    assert Submission.objects.get(practice=draft).author == coauthor
    assert not drafts.orphaned().exists()
    assert [each.recipient for each in Notification.objects.filter(kind="practices.handed_over")] == [coauthor]


def test_a_published_practice_without_changes_is_no_orphan(author, practice, coordinator, rf):
    leave(user=author, keep_name=True, request=rf.get("/"))
    assert not drafts.orphaned().exists()
    assert not Notification.objects.filter(recipient=coordinator, kind="practices.orphaned").exists()


def test_a_changed_edition_of_a_published_practice_is_an_orphan(author, practice, coordinator, rf):
    PracticePage.objects.get(pk=practice.pk).save_revision()
    leave(user=author, keep_name=True, request=rf.get("/"))
    assert [submission.practice for submission in drafts.orphaned()] == [practice]


def test_the_coordinator_hands_a_draft_over_and_its_new_author_goes_on(client, author, coordinator, rf):
    draft = review.written(author, title="Недописанное")
    leave(user=author, keep_name=True, request=rf.get("/"))
    heir = teacher()
    client.force_login(coordinator)
    assert "Недописанное" in client.get("/cabinet/drafts/").content.decode()
    page = f"/cabinet/drafts/{draft.pk}/"
    refused = client.post(page, {"email": "nobody@school.example"})
    assert list(refused.context["form"].errors) == ["email"]
    for _press in range(2):
        assert client.post(page, {"email": heir.email.upper()}).headers["Location"] == "/cabinet/drafts/"
    assert Submission.objects.get(practice=draft).author == heir
    text = PracticePage.objects.get(pk=draft.pk).get_latest_revision_as_object()
    assert [name.full_name for name in text.authors.all()] == [f"{SURNAME} Инна Петровна", heir.get_full_name()]
    assert [each.recipient for each in Notification.objects.filter(kind="practices.handed_over")] == [heir]
    client.force_login(heir)
    assert [row.title for row in client.get("/cabinet/").context["practices"]] == ["Недописанное"]
    assert client.get(f"/practices/{draft.pk}/").status_code == 200


def test_a_text_under_review_comes_back_for_its_heir_who_is_none_of_its_experts(client, author, coordinator, rf):
    review.expert()
    opened = review.submitted(author)
    expert = opened.reviews.get().expert
    leave(user=author, keep_name=True, request=rf.get("/"))
    client.force_login(coordinator)
    page = f"/cabinet/drafts/{opened.practice_id}/"
    refused = client.post(page, {"email": expert.email})
    assert list(refused.context["form"].errors) == ["email"]
    assert Submission.objects.get(practice=opened.practice_id).author is None
    heir = teacher()
    assert client.post(page, {"email": heir.email}).headers["Location"] == "/cabinet/drafts/"
    opened.refresh_from_db()
    assert opened.outcome == Round.Outcome.CALLED_BACK
    text = PracticePage.objects.get(pk=opened.practice_id).get_latest_revision_as_object()
    assert {name.user for name in text.authors.all()} == {None, heir}
    client.force_login(heir)
    assert client.get(f"/practices/{opened.practice_id}/").status_code == 200


def test_a_coauthor_who_was_asked_to_review_it_inherits_no_draft(author, coordinator, rf):
    expert = review.expert()
    opened = review.submitted(author)
    PracticeAuthor.objects.create(page=opened.practice, user=expert)
    leave(user=author, keep_name=True, request=rf.get("/"))
    assert Submission.objects.get(practice=opened.practice).author is None


def test_a_coauthor_of_the_text_under_review_inherits_it_there(author, rf):
    coauthor = teacher()
    opened = review.submitted(author, coauthors=[coauthor])
    leave(user=author, keep_name=True, request=rf.get("/"))
    opened.refresh_from_db()
    assert (Submission.objects.get(practice=opened.practice).author, opened.closed_at) == (coauthor, None)


def test_reviews_asked_of_a_leaver_are_asked_of_somebody_else(rf):
    subject = pages.subject()
    experts = [review.expert(subject) for _number in range(3)]
    opened = review.submitted()
    leaving = opened.reviews.first().expert
    leave(user=leaving, keep_name=True, request=rf.get("/"))
    asked = {each.expert for each in opened.reviews.filter(state=Review.State.ASKED)}
    assert asked == set(experts) - {leaving}


def test_a_deletion_by_another_door_releases_reviews_too():
    subject = pages.subject()
    for _number in range(3):
        review.expert(subject)
    opened = review.submitted()
    opened.reviews.first().expert.delete()
    assert opened.reviews.filter(state=Review.State.ASKED).exclude(expert=None).count() == 2
