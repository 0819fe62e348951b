"""The demo: an empty portal becomes one that looks lived in, and a second run changes nothing."""

from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta
from io import StringIO

import pytest
from django.apps import apps
from django.core import mail
from django.core.management import call_command
from django.db import transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page, Site

from accounts.models import ConsentText, User
from accounts.roles import Role
from accounts.services.consents import has_consent
from certificates.models import Certificate
from files.models import PortalDocument
from home.demo import clock, people, source
from home.models import HomePage, SiteSettings, StandardPage
from moderation.models import Complaint
from notifications.models import Letter, Notification, Preference
from practices.diff import changes
from practices.models import (
    Adoption,
    CoauthorInvitation,
    Correction,
    Distinction,
    PracticePage,
    Review,
    Round,
    Submission,
    Withdrawal,
)
from practices.review import letters as reviewing
from practices.stages import Code, stages_of
from schools.models import Membership, SchoolInvitation, SchoolPage

pytestmark = pytest.mark.xdist_group("demo")

#: The public practices of a demo of two of each file.
FEW = ["D001", "D002", "D031", "D032", "D061", "D062"]
#: Tables that grow by a mere run: the jobs' own, and sign-ins.
RESTLESS = {"procrastinate", "sessions", "contenttypes"}


def counted() -> dict[str, int]:
    models = [model for model in apps.get_models() if model._meta.app_label not in RESTLESS]
    return {model._meta.label: model._base_manager.count() for model in models if model._meta.managed}


@pytest.fixture(scope="module")
def _demo(django_db_setup, django_db_blocker) -> Iterator[None]:
    """A short demo, made once for all questions to it and forgotten at the end."""
    with django_db_blocker.unblock(), transaction.atomic():
        call_command("demo", "--limit", "2", verbosity=0)
        yield
        transaction.set_rollback(True)


def asks_the_demo(test):
    """What the test changes is undone after it, the demo stays for the next."""
    return pytest.mark.django_db(pytest.mark.usefixtures("_demo")(test))


@pytest.fixture
def visitor(_demo) -> Client:
    site = Site.objects.get()
    return Client(HTTP_HOST=f"{site.hostname}:{site.port}")


@asks_the_demo
def test_an_empty_portal_is_filled():
    practices = list(PracticePage.objects.filter(import_id__startswith="D").order_by("import_id"))
    assert [page.import_id for page in practices] == FEW
    for page in practices:
        assert page.live
        assert page.first_published_at.year == page.year
        assert page.share_image.description
        assert page.materials.count() > 0
        assert page.statistics.readings > page.statistics.downloads
    assert set(PortalDocument.objects.values_list("text_state", flat=True)) == {PortalDocument.TextState.READ}
    assert (SchoolPage.objects.count(), Membership.objects.exclude(confirmed_at=None).count()) == (15, 45)
    assert Site.objects.get().root_page.specific == HomePage.objects.get()
    around = SiteSettings.for_site(Site.objects.get())
    assert (len(around.menu), len(around.footer), StandardPage.objects.live().count()) == (5, 3, 7)
    for role, email, password in people.LOGINS:
        person = User.objects.get(email=email)
        assert person.check_password(password)
        assert person.is_superuser if role == people.ADMIN else person.has_role(role)


@asks_the_demo
def test_every_page_of_it_opens(visitor):
    assert {visitor.get(page.get_url()).status_code for page in Page.objects.live().filter(depth__gt=1)} == {200}


@asks_the_demo
def test_a_second_run_adds_nothing():
    first = counted()
    call_command("demo", "--limit", "2", verbosity=0)
    assert counted() == first


@asks_the_demo
def test_the_index_finds_what_is_public_and_nothing_else():
    said = StringIO()
    call_command("check_index", stdout=said)
    assert said.getvalue() == "differences: 0\n"


@asks_the_demo
def test_a_work_can_be_seen_in_every_state():
    stages = stages_of(PracticePage.objects.all())
    assert {stage.code for stage in stages.values()} == set(Code)
    own = [submission.practice_id for submission in Submission.objects.filter(author__import_id="U01")]
    assert Counter(stages[page].code for page in own) == {Code.DRAFT: 2, Code.RETURNED: 1, Code.IN_REVIEW: 1}


@asks_the_demo
def test_reviews_stand_in_every_way():
    rounds = Round.objects.filter(practice__import_id=None, closed_at=None)
    done = {each.practice.title: each.reviews.done().count() for each in rounds}
    asked = {each.practice.title: each.reviews.filter(state="asked").count() for each in rounds}
    extra = Review.objects.get(is_extra=True)
    assert sorted(done.values()) == [0, 0, 1, 1, 2]
    assert sorted(asked.values()) == [0, 1, 1, 1, 2]
    assert (extra.state, done[extra.round.practice.title]) == ("asked", 2)
    alone = next(title for title in asked if asked[title] == done[title] == 0)
    told = Notification.objects.filter(kind=reviewing.NO_EXPERT, recipient__email=f"coordinator@{people.HOST}")
    assert [alone in each.title for each in told] == [True, True]


@asks_the_demo
def test_two_works_wait_for_the_expert_one_till_tomorrow_one_read_before():
    waiting = Review.objects.filter(expert__email=f"expert@{people.HOST}", state="asked", round__closed_at=None)
    due = {timezone.localdate(review.due_at) - timezone.localdate(): review.round for review in waiting}
    assert {days: each.number for days, each in due.items()} == {timedelta(1): 1, timedelta(2): 2}
    again = due[timedelta(2)]
    before = again.practice.rounds.get(number=1)
    assert before.outcome == Round.Outcome.RETURNED
    changed = changes(before.revision.as_object(), again.revision.as_object())
    assert {change.section for change in changed} == {"about", "body", "results", "transfer"}
    assert all("<ins>" in str(change.html) or "<del>" in str(change.html) for change in changed)


@asks_the_demo
def test_what_was_returned_says_section_by_section_what_to_do():
    returned = Round.objects.get(outcome="returned", practice__owner__email=f"teacher@{people.HOST}")
    commented = [list(review.comments.values_list("section", flat=True)) for review in returned.reviews.done()]
    assert [sorted(sections) for sections in commented] == [["body", "results"], ["about", "body", "transfer"]]


@asks_the_demo
def test_a_colleague_waits_for_the_teachers_word_as_co_author():
    invitation = CoauthorInvitation.objects.get()
    assert (invitation.email, invitation.state) == (f"teacher@{people.HOST}", "sent")


@asks_the_demo
def test_experts_accepted_what_is_public_and_some_of_it_is_the_best():
    accepted = Round.objects.filter(outcome="accepted")
    assert sorted(each.practice.import_id for each in accepted) == ["D001", "D002", "D032", "D061", "D062"]
    assert sorted(mark.practice.import_id for mark in Distinction.objects.all()) == ["D001", "D032", "D061"]
    for each in accepted:
        page = each.practice
        assert (page.live_revision, each.closed_at) == (each.revision, page.last_published_at)
        assert each.opened_at < page.last_published_at


@asks_the_demo
def test_authors_have_certificates_of_the_day_of_publication():
    for page in PracticePage.objects.filter(import_id__in=FEW):
        papers = Certificate.objects.filter(kind="publication", object_id=page.pk)
        authors = set(page.authors.values_list("user", flat=True))
        assert set(papers.values_list("holder", flat=True)) == authors
        last, first = timezone.localdate(page.last_published_at), timezone.localdate(page.first_published_at)
        assert set(papers.values_list("issued_on", flat=True)) <= {first, last}


@asks_the_demo
def test_colleagues_tried_the_practices_and_the_counts_agree():
    few = [line for line in source.adoptions() if line["practice"] in FEW]
    assert Adoption.objects.count() == len(few)
    assert Adoption.objects.exclude(answer="").count() == sum("answer" in line for line in few)
    for page in PracticePage.objects.filter(import_id__in=FEW):
        assert page.statistics.adoptions == page.adoptions.filter(hidden_at=None).count()


@asks_the_demo
def test_withdrawn_practices_keep_their_addresses(visitor):
    withdrawn = [withdrawal.practice for withdrawal in Withdrawal.objects.all()]
    assert sorted(page.import_id for page in withdrawn) == ["X01", "X02"]
    assert [visitor.get(page.get_url()).status_code for page in withdrawn] == [410, 410]


@asks_the_demo
def test_complaints_wait_and_are_decided():
    assert Counter(Complaint.objects.values_list("state", flat=True)) == {"new": 2, "upheld": 1, "dismissed": 1}
    upheld = Complaint.objects.get(state="upheld")
    assert upheld.obj.hidden_at == upheld.decided_at
    assert sorted(Correction.objects.values_list("practice__import_id", flat=True)) == ["D001", "D002", "D032"]


@asks_the_demo
def test_schools_have_people_at_the_door_and_people_who_open_it():
    assert Membership.objects.waiting().count() == 3
    assert Membership.objects.filter(is_representative=True).count() == 3
    assert [invitation.is_open for invitation in SchoolInvitation.objects.all()] == [True]


@asks_the_demo
def test_everybody_has_agreed_to_both_texts():
    for person in User.objects.filter(groups__name=Role.TEACHER):
        assert [has_consent(person, kind) for kind in ConsentText.Kind.values] == [True, True]


@asks_the_demo
def test_no_letter_is_written_and_nobodys_choice_is_changed():
    assert (Letter.objects.count(), Preference.objects.count(), mail.outbox) == (0, 0, [])
    assert set(Notification.objects.values_list("digest", flat=True)) == {""}


@asks_the_demo
@pytest.mark.parametrize("role", [Role.TEACHER, Role.EXPERT, Role.CURATOR, Role.COORDINATOR])
def test_each_login_has_read_some_of_its_news(role):
    news = Notification.objects.filter(recipient__email=f"{role}@{people.HOST}")
    assert news.unread().exists() or role == Role.CURATOR
    assert news.exclude(read_at=None).exists()


@asks_the_demo
@pytest.mark.parametrize("role", [Role.TEACHER, Role.EXPERT, Role.COORDINATOR])
def test_news_lead_each_login_to_a_page_that_opens(visitor, role):
    person = User.objects.get(email=f"{role}@{people.HOST}")
    visitor.force_login(person)
    places = set(Notification.objects.filter(recipient=person, read_at=None).values_list("url", flat=True))
    assert {place: visitor.get(place).status_code for place in places} == dict.fromkeys(places, 200)


@asks_the_demo
@pytest.mark.parametrize(
    ("role", "room"),
    [
        (Role.TEACHER, "cabinet:index"),
        (Role.TEACHER, "cabinet:practices"),
        (Role.TEACHER, "cabinet:certificates"),
        (Role.EXPERT, "review:index"),
        (Role.COORDINATOR, "review:queue"),
        (Role.COORDINATOR, "moderation:queue"),
        (Role.COORDINATOR, "schools:queue"),
        (Role.COORDINATOR, "certificates:register"),
    ],
)
def test_each_login_finds_its_rooms_furnished(visitor, role, room):
    visitor.force_login(User.objects.get(email=f"{role}@{people.HOST}"))
    response = visitor.get(reverse(room))
    assert response.status_code == 200
    assert 'class="empty' not in response.content.decode()


@asks_the_demo
def test_the_past_is_past():
    today = timezone.localdate()
    assert not Round.objects.filter(opened_at__gt=timezone.now()).exists()
    assert not Notification.objects.filter(created_at__gt=timezone.now()).exists()
    assert Notification.objects.filter(created_at__date__lt=today - timedelta(days=300)).exists()
    assert set(Adoption.objects.filter(created_at__date__gte=today).values_list("pk", flat=True)) == set()


def test_a_turned_clock_goes_right_again():
    then = clock.on("2024-10-01")
    with clock.at(then):
        assert (timezone.now(), timezone.localdate()) == (then, date(2024, 10, 1))
    assert timezone.now() > then
