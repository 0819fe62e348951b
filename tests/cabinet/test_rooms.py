"""The cabinet: what awaits a person, and what is theirs."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from certificates.services import issue, restore, revoke
from notifications.models import Notification
from practices.models import CoauthorInvitation, PracticeAuthor, PracticePage, Review
from schools.models import Membership
from tests.factories import complaints, pages, review
from tests.factories.accounts import UserFactory
from tests.factories.afterlife import practice_by, report, teacher

pytestmark = pytest.mark.django_db


@pytest.fixture
def person(client):
    user = teacher(last_name="Берёзкина", first_name="Ирина", patronymic="Алексеевна")
    client.force_login(user)
    return user


@pytest.fixture
def coordinator(client):
    user = UserFactory(roles=["coordinator"])
    client.force_login(user)
    return user


def awaiting(client) -> list[str]:
    return [item.url for item in client.get("/cabinet/").context["awaiting"]]


def test_signing_in_leads_to_the_cabinet(client):
    person = UserFactory()
    response = client.post("/accounts/login/", {"login": person.email, "password": "ночь улица фонарь"})
    assert response.headers["Location"] == "/cabinet/"


def test_nothing_awaits_a_newcomer_and_the_way_to_begin_is_shown(client, person):
    response = client.get("/cabinet/")
    assert response.context["awaiting"] == []
    assert "/practices/new/" in response.content.decode()


def test_an_expert_is_awaited_by_reviews_the_nearest_first(client):
    subject = pages.subject()
    expert = review.expert(subject)
    review.rules(experts=1)
    rounds = [review.submitted(), review.submitted()]
    later, sooner = (opened.reviews.get() for opened in rounds)
    Review.objects.filter(pk=later.pk).update(due_at=timezone.now() + timedelta(days=9))
    Review.objects.filter(pk=sooner.pk).update(due_at=timezone.now() - timedelta(days=1))
    client.force_login(expert)
    items = client.get("/cabinet/").context["awaiting"]
    assert [(item.url, item.is_late) for item in items] == [
        (f"/reviews/{sooner.pk}/", True),
        (f"/reviews/{later.pk}/", False),
    ]
    menu = [room.url for room in client.get("/cabinet/").context["rooms"]]
    assert menu[:3] == ["/cabinet/", "/cabinet/practices/", "/reviews/"]


def test_the_coordinators_menu_leads_to_all_they_answer_for_and_nobody_else_has_it(client, person):
    assert client.get("/cabinet/").context["coordination"] == []
    client.force_login(UserFactory(roles=["coordinator"]))
    urls = [room.url for room in client.get("/cabinet/").context["coordination"]]
    assert [client.get(url).status_code for url in urls] == [200] * 8


def test_a_holder_is_told_that_a_certificate_is_revoked_and_given_back(person):
    practice = practice_by(person)
    paper = issue(kind="publication", holder=person, title="Работа", obj=practice, url=practice.get_url())
    Notification.objects.all().delete()
    by = UserFactory(roles=["coordinator"])
    revoke(certificate=paper, by=by, reason="Чужой текст")
    restore(certificate=paper, by=by, reason="Ошибка")
    assert [(each.text, each.url) for each in Notification.objects.of(person).order_by("pk")] == [
        ("Чужой текст", paper.get_absolute_url()),
        ("", paper.get_absolute_url()),
    ]


def test_a_returned_practice_awaits_its_author(client, person):
    review.rules(experts=1)
    review.expert(pages.subject())
    opened = review.submitted(person)
    assert [row.stage.code for row in client.get("/cabinet/").context["practices"]] == ["in_review"]
    assert awaiting(client) == []
    review.finish(opened.reviews.get(), "return")
    assert awaiting(client) == [f"/practices/{opened.practice_id}/"]


def test_a_coauthor_is_awaited_by_the_invitation_and_nobody_else(client, person):
    draft = review.written(teacher())
    for email, code in ((person.email, "a" * 43), ("other@school.example", "b" * 43)):
        CoauthorInvitation.objects.create(submission=draft.submission, email=email, code=code)
    assert awaiting(client) == [f"/practices/invitations/{'a' * 43}/"]


def test_an_author_is_awaited_by_reports_without_an_answer(client, person):
    practice = practice_by(person)
    written = report(practice)
    assert awaiting(client) == ["/cabinet/lessons/"]
    client.post(f"/practices/used/{written.pk}/", {"answer": "Спасибо!"})
    assert awaiting(client) == []


def test_a_representative_is_awaited_by_requests_of_the_own_school_only(client, person):
    own, other = pages.school_page(), pages.school_page("Школа № 2")
    Membership.objects.create(user=person, school=own, confirmed_at=timezone.now(), is_representative=True)
    Membership.objects.create(user=UserFactory(), school=other)
    assert awaiting(client) == []
    Membership.objects.create(user=UserFactory(), school=own)
    assert awaiting(client) == ["/membership/queue/"]


def test_the_coordinator_is_awaited_by_all_that_nobody_else_settles(client, coordinator):
    Membership.objects.create(user=UserFactory(), school=pages.school_page())
    review.submitted()
    complaints.complaint(practice_by(teacher()))
    orphan = review.written(teacher())
    orphan.submission.author.delete()
    assert awaiting(client) == ["/membership/queue/", "/reviews/queue/", "/complaints/", "/cabinet/drafts/"]


def test_my_practices_tell_the_stage_and_offer_what_can_be_done(client, person):
    draft, published = review.written(person, title="Черновик"), practice_by(person, title="Готово")
    rows = {row.title: row for row in client.get("/cabinet/practices/").context["items"]}
    assert {title: (row.stage.code, row.is_mere_draft, row.is_or_was_public) for title, row in rows.items()} == {
        "Черновик": ("draft", True, False),
        "Готово": ("published", False, True),
    }
    html = client.get("/cabinet/practices/").content.decode()
    for address in (f"/practices/{draft.pk}/discard/", f"/practices/{published.pk}/after/"):
        assert address in html
    client.post(f"/practices/{published.pk}/withdraw/", {"reason": "Устарело"})
    codes = [row.stage.code for row in client.get("/cabinet/practices/").context["items"]]
    assert sorted(codes) == ["draft", "withdrawn"]


def test_nobody_elses_practices_are_mine(client, person):
    practice_by(teacher())
    review.written(teacher())
    assert client.get("/cabinet/practices/").context["items"] == []


def test_lessons_of_both_sides_are_shown(client, person):
    mine = report(practice_by(person))
    theirs = report(practice_by(teacher()), by=person)
    context = client.get("/cabinet/lessons/").context
    assert (context["items"], context["mine"]) == ([mine], [theirs])


def test_the_rooms_fit_the_person(client, person):
    urls = [room.url for room in client.get("/cabinet/").context["rooms"]]
    assert urls == [
        "/cabinet/",
        "/cabinet/practices/",
        "/cabinet/lessons/",
        "/cabinet/certificates/",
        "/cabinet/searches/",
        "/notifications/",
        "/accounts/",
    ]


def test_the_cabinet_is_kept_by_no_cache(client, person):
    assert "no-store" in client.get("/cabinet/").headers["Cache-Control"]


def fill(person, number: int) -> None:
    """One more of everything that the cabinet lists."""
    practice = practice_by(person)
    report(practice, class_name=f"{number} класс")
    report(practice_by(teacher()), by=person)
    issue(kind="publication", holder=person, title=practice.title, obj=practice, url=practice.url)
    opened = review.submitted()
    for state in (Review.State.ASKED, Review.State.DONE):
        fields = {"verdict": "accept", "finished_at": timezone.now()} if state == Review.State.DONE else {}
        if state == Review.State.DONE:
            opened = review.submitted()
        Review.objects.create(round=opened, expert=person, state=state, due_at=timezone.now(), **fields)
    CoauthorInvitation.objects.create(submission=opened.practice.submission, email=person.email, code=f"{number:043}")
    orphan = review.written(teacher())
    PracticeAuthor.objects.filter(page=orphan).delete()
    PracticePage.objects.get(pk=orphan.pk).submission.author.delete()


ROOMS = ["", "practices/", "certificates/", "lessons/", "drafts/"]


def test_each_room_costs_as_many_queries_with_thirty_of_everything_as_with_one(client):
    person = UserFactory(roles=["teacher", "coordinator"])
    client.force_login(person)
    queries = {}
    for total in (1, 30):
        for number in range(0 if total == 1 else 1, total):
            fill(person, number)
        for room in ROOMS:
            client.get(f"/cabinet/{room}")
            with CaptureQueriesContext(connection) as captured:
                client.get(f"/cabinet/{room}")
            queries.setdefault(room, []).append(len(captured))
    assert {room: counts[1] - counts[0] for room, counts in queries.items()} == dict.fromkeys(ROOMS, 0)
    assert max(counts[1] for counts in queries.values()) <= 40
