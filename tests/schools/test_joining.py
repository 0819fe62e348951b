"""Coming to one's school: by a request that somebody answers, or by a link of the whole staff."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import RoleChange, User
from notifications.models import Notification
from schools.models import Membership, SchoolInvitation
from schools.services import (
    AlreadyMember,
    InvitationClosed,
    NotYours,
    TooManyRequests,
    accept_invitation,
    ask_to_join,
    confirm,
    decline,
    end_membership,
    invite_staff,
    user_school,
)
from tests.accounts.test_signing_up import open_account, way_in
from tests.factories import pages, schools
from tests.factories.accounts import PASSWORD, SuperuserFactory, UserFactory

pytestmark = pytest.mark.django_db
JOIN, QUEUE, ACCOUNT = "/membership/join/", "/membership/queue/", "/accounts/"


@pytest.fixture
def teacher(client):
    person = UserFactory(email="irina@school.example")
    client.force_login(person)
    return person


@pytest.fixture
def coordinator():
    return UserFactory(roles=["coordinator"])


def signed_in(person):
    client = Client()
    client.force_login(person)
    return client


def told(person):
    return list(Notification.objects.filter(recipient=person).order_by("pk").values_list("kind", flat=True))


def queries(client, path):
    client.get(path)
    with CaptureQueriesContext(connection) as counted:
        assert client.get(path).status_code == 200
    return len(counted)


# Asking


def test_a_request_waits_until_somebody_answers_and_the_person_sees_it(client, teacher, coordinator):
    school = pages.school_page("Школа № 7")
    represents = schools.representative(school=school)
    schools.representative()
    response = client.post(JOIN, {"school": school.pk, "position": "учитель физики"})
    assert response.headers["Location"] == ACCOUNT
    membership = Membership.objects.get(user=teacher)
    assert (membership.school, membership.position, membership.is_waiting) == (school, "учитель физики", True)
    assert user_school(teacher) is None
    assert "Школа № 7" in client.get(ACCOUNT).content.decode()
    recipients = Notification.objects.filter(kind="membership-request").values_list("recipient", flat=True)
    assert set(recipients) == {coordinator.pk, represents.user_id}
    assert User.objects.get(pk=teacher.pk).position == "учитель физики"


def test_a_double_click_is_one_request_and_one_notification(client, teacher, coordinator):
    school = pages.school_page()
    for _click in range(2):
        client.post(JOIN, {"school": school.pk, "position": "учитель"})
    assert (Membership.objects.count(), told(coordinator)) == (1, ["membership-request"])


@pytest.mark.parametrize("school", ["", "0", "-1", "x", "9" * 40, "\0", "٣"])
def test_a_school_that_is_not_there_is_refused_in_place(client, teacher, school):
    pages.school_page()
    page = client.post(JOIN, {"school": school, "position": "учитель"})
    assert (page.status_code, list(page.context["form"].errors)) == (200, ["school"])
    assert page.context["form"]["position"].value() == "учитель"


def test_a_school_not_yet_published_is_not_offered(client, teacher):
    school = pages.school_page("Будущая")
    school.unpublish()
    assert "Будущая" not in client.get(JOIN).content.decode()
    client.post(JOIN, {"school": school.pk, "position": "учитель"})
    assert Membership.objects.count() == 0


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("7", ["Школа № 7"]),
        ("лицей", ["Лицей «Море»"]),
        ("советский 7", []),
        ("ЛЕНИНСКИЙ", ["Школа № 7", "Лицей «Море»"]),
    ],
)
def test_a_school_is_found_by_number_name_and_district_without_scripts(client, teacher, query, found):
    pages.school_page("Школа № 7", district="Ленинский", number=7)
    pages.school_page("Лицей «Море»", district="Ленинский", number=9)
    pages.school_page("Гимназия", district="Советский")
    form = client.get(JOIN, {"q": query}).context["form"]
    offered = [title for _district, group in form.fields["school"].choices[1:] for _pk, title in group]
    assert offered == found
    assert bool(form["school"].value()) is (len(found) == 1)


def test_three_requests_may_wait_at_once_and_one_is_taken_back(client, teacher):
    asked = [ask_to_join(user=teacher, school=pages.school_page(), position="учитель") for _ in range(3)]
    fourth = pages.school_page()
    with pytest.raises(TooManyRequests):
        ask_to_join(user=teacher, school=fourth, position="учитель")
    page = client.post(JOIN, {"school": fourth.pk, "position": "учитель"})
    assert list(page.context["form"].errors) == ["school"]
    client.post(JOIN, {"take_back": asked[0].pk})
    client.post(JOIN, {"school": fourth.pk, "position": "учитель"})
    assert set(Membership.objects.filter(user=teacher)) == {*asked[1:], Membership.objects.get(school=fourth)}


def test_only_ones_own_request_that_waits_is_taken_back(client, teacher):
    confirmed, others = schools.member(user=teacher), schools.request()
    for pk in [confirmed.pk, others.pk, "9" * 50]:
        client.post(JOIN, {"take_back": pk})
    assert Membership.objects.count() == 2


# Answering


def test_several_are_confirmed_at_once_and_become_teachers(coordinator):
    waiting = [schools.request() for _ in range(3)]
    response = signed_in(coordinator).post(QUEUE, {"membership": [waiting[0].pk, waiting[1].pk]})
    assert response.headers["Location"] == QUEUE
    assert list(Membership.objects.confirmed().order_by("pk")) == waiting[:2]
    assert [User.objects.get(pk=m.user_id).has_role("teacher") for m in waiting] == [True, True, False]
    assert RoleChange.objects.filter(role="teacher", by=coordinator).count() == 2
    assert [told(m.user) for m in waiting] == [["membership-confirmed"], ["membership-confirmed"], []]
    assert user_school(waiting[0].user) == waiting[0].school


def test_a_double_click_confirms_and_tells_once(coordinator):
    membership = schools.request()
    client = signed_in(coordinator)
    for _click in range(2):
        client.post(QUEUE, {"membership": membership.pk})
    assert (told(membership.user), RoleChange.objects.count()) == (["membership-confirmed"], 1)


def test_a_representative_answers_for_their_own_school_only():
    own, other = pages.school_page(), pages.school_page()
    represents = schools.representative(school=own)
    mine, alien = schools.request(school=own), schools.request(school=other)
    client = signed_in(represents.user)
    assert list(client.get(QUEUE).context["memberships"]) == [mine]
    client.post(QUEUE, {"membership": [mine.pk, alien.pk]})
    assert client.post(QUEUE, {"decline": alien.pk, f"reason-{alien.pk}": "нет"}).status_code == 404
    alien.refresh_from_db()
    assert (Membership.objects.get(pk=mine.pk).confirmed_by, alien.is_waiting) == (represents.user, True)
    with pytest.raises(NotYours):
        confirm(memberships=[mine, alien], by=represents.user)
    with pytest.raises(NotYours):
        decline(membership=alien, by=represents.user, reason="нет")


def test_nobody_confirms_themselves(coordinator):
    own = schools.request(user=coordinator)
    client = signed_in(coordinator)
    assert list(client.get(QUEUE).context["memberships"]) == []
    client.post(QUEUE, {"membership": own.pk})
    assert Membership.objects.confirmed().count() == 0


def test_a_refusal_takes_a_reason_which_the_person_reads_and_may_ask_anew(client, teacher, coordinator):
    membership = schools.request(user=teacher)
    at_work = signed_in(coordinator)
    page = at_work.post(QUEUE, {"decline": membership.pk, f"reason-{membership.pk}": "  "})
    assert (page.status_code, page.context["refused"]) == (200, membership.pk)
    at_work.post(QUEUE, {"decline": membership.pk, f"reason-{membership.pk}": "Такого учителя в школе нет"})
    membership.refresh_from_db()
    assert (membership.declined_by, membership.reason) == (coordinator, "Такого учителя в школе нет")
    assert told(teacher) == ["membership-declined"]
    assert "Такого учителя в школе нет" in client.get(ACCOUNT).content.decode()
    client.post(JOIN, {"school": membership.school_id, "position": "учитель химии"})
    again = Membership.objects.get()
    assert (again.pk, again.is_waiting, again.reason, again.position) == (membership.pk, True, "", "учитель химии")


def test_what_was_confirmed_meanwhile_is_not_declined(coordinator):
    membership = schools.member()
    signed_in(coordinator).post(QUEUE, {"decline": membership.pk, f"reason-{membership.pk}": "нет"})
    membership.refresh_from_db()
    assert membership.declined_at is None
    with pytest.raises(AlreadyMember):
        decline(membership=membership, by=coordinator, reason="нет")
    with pytest.raises(AlreadyMember):
        ask_to_join(user=membership.user, school=membership.school, position="учитель")


def test_a_superuser_who_teaches_is_confirmed_without_a_role(coordinator):
    root = schools.request(user=SuperuserFactory())
    signed_in(coordinator).post(QUEUE, {"membership": root.pk})
    assert (user_school(root.user), RoleChange.objects.count()) == (root.school, 0)


@pytest.mark.parametrize(
    "form", [{}, {"membership": "x"}, {"membership": "9" * 60}, {"decline": "x"}, {"decline": "\0"}]
)
def test_a_forged_form_is_an_answer_not_an_error(coordinator, form):
    assert signed_in(coordinator).post(QUEUE, form).status_code in {302, 404, 400}


def test_thirty_requests_cost_as_many_queries_as_one(coordinator):
    schools.request()
    client = signed_in(coordinator)
    one = queries(client, QUEUE), queries(client, "/membership/schools/")
    for _ in range(29):
        schools.request()
    assert (queries(client, QUEUE), queries(client, "/membership/schools/")) == one
    assert len(client.get(QUEUE).context["memberships"]) == 30


def test_the_latest_school_confirmed_is_where_one_works(teacher):
    now = timezone.now()
    schools.member(user=teacher, confirmed_at=now - timedelta(days=400))
    latest = schools.member(user=teacher, confirmed_at=now)
    schools.request(user=teacher)
    assert user_school(teacher) == latest.school


@pytest.mark.parametrize(
    "nonsense",
    [
        {"confirmed_at": timezone.now(), "declined_at": timezone.now(), "reason": "нет"},
        {"is_representative": True},
        {"declined_at": timezone.now()},
        {"reason": "нет"},
    ],
)
def test_the_database_refuses_nonsense(nonsense):
    person, school = UserFactory(), pages.school_page()
    with pytest.raises(IntegrityError), transaction.atomic():
        Membership.objects.create(user=person, school=school, **nonsense)


# A link of the whole staff


def test_a_whole_staff_joins_by_a_link_and_the_page_counts_them(coordinator):
    school = pages.school_page("Школа № 7")
    staff = f"/membership/schools/{school.pk}/"
    at_work = signed_in(coordinator)
    assert at_work.post(staff, {"invite": "yes", "days": "14"}).headers["Location"] == staff
    invitation = SchoolInvitation.objects.get()
    assert abs(invitation.expires_at - timezone.now() - timedelta(days=14)) < timedelta(minutes=1)
    assert invitation.link in at_work.get(staff).content.decode()
    people = [UserFactory() for _ in range(3)]
    for person in people:
        client = signed_in(person)
        assert client.get(invitation.get_absolute_url()).status_code == 200
        assert client.post(invitation.get_absolute_url(), {"position": "учитель"}).headers["Location"] == ACCOUNT
    assert [user_school(person) for person in people] == [school] * 3
    assert [User.objects.get(pk=person.pk).has_role("teacher") for person in people] == [True] * 3
    assert [m.confirmed_by for m in Membership.objects.all()] == [coordinator] * 3
    assert at_work.get(staff).context["invitations"][0].joined_count == 3
    assert told(coordinator) == ["membership-joined"] * 3


def test_a_stranger_comes_back_to_the_link_through_sign_in(coordinator):
    invitation = schools.invitation(by=coordinator)
    client, address = Client(), invitation.get_absolute_url()
    page = client.get(address)
    assert page.context["login_url"] == f"/accounts/login/?next={address.replace('/', '%2F')}"
    assert client.post(address).headers["Location"] == f"/accounts/login/?next={address}"
    person = UserFactory()
    response = client.post("/accounts/login/", {"login": person.email, "password": PASSWORD, "next": address})
    assert response.headers["Location"] == address


@pytest.mark.parametrize("elsewhere", [False, True], ids=["same browser", "letter opened elsewhere"])
def test_a_newcomer_comes_back_to_the_link_through_sign_up_and_is_a_member_at_once(coordinator, mailoutbox, elsewhere):
    invitation = schools.invitation(by=coordinator)
    client, address = Client(), invitation.get_absolute_url()
    assert address.replace("/", "%2F") in client.get(address).context["signup_url"]
    open_account(client, next=address)
    letter = next(letter for letter in mailoutbox if letter.to == ["anna@school.example"])
    client = Client() if elsewhere else client
    assert client.post(way_in(letter)).headers["Location"] == address
    if elsewhere:
        client.post("/accounts/login/", {"login": "anna@school.example", "password": PASSWORD, "next": address})
    client.post(address, {"position": "учитель"})
    assert user_school(User.objects.get(email="anna@school.example")) == invitation.school


def test_opening_a_link_joins_nobody_and_pressing_twice_joins_once(coordinator):
    invitation, person = schools.invitation(by=coordinator), UserFactory()
    client = signed_in(person)
    client.get(invitation.get_absolute_url())
    assert Membership.objects.count() == 0
    for _click in range(2):
        client.post(invitation.get_absolute_url(), {"position": "учитель"})
    assert (Membership.objects.count(), told(coordinator)) == (1, ["membership-joined"])


def test_a_request_that_waits_or_was_declined_is_confirmed_by_the_link(coordinator):
    invitation = schools.invitation(by=coordinator)
    waiting = schools.request(school=invitation.school)
    declined = schools.request(school=invitation.school, declined_at=timezone.now(), reason="нет")
    for membership in (waiting, declined):
        accept_invitation(user=membership.user, code=invitation.code)
    assert Membership.objects.confirmed().count() == 2


def ways_to_close():
    def expire(invitation):
        SchoolInvitation.objects.update(expires_at=timezone.now() - timedelta(seconds=1))

    def revoke(invitation):
        staff = f"/membership/schools/{invitation.school_id}/"
        signed_in(invitation.created_by).post(staff, {"revoke": invitation.pk})

    def dismiss(invitation):
        Membership.objects.filter(user=invitation.created_by).update(is_representative=False)

    def switch_off(invitation):
        User.objects.filter(pk=invitation.created_by_id).update(is_active=False)

    def erase(invitation):
        invitation.created_by.delete()

    def withdraw_school(invitation):
        invitation.school.unpublish()

    return [expire, revoke, dismiss, switch_off, erase, withdraw_school]


@pytest.mark.parametrize("close", ways_to_close(), ids=lambda close: close.__name__)
def test_a_link_that_is_over_lets_nobody_in(close):
    represents = schools.representative()
    invitation = schools.invitation(by=represents.user, school=represents.school)
    person = UserFactory()
    client = signed_in(person)
    assert client.get(invitation.get_absolute_url()).status_code == 200
    close(invitation)
    assert client.get(invitation.get_absolute_url()).status_code == 404
    assert client.post(invitation.get_absolute_url(), {"position": "учитель"}).status_code == 404
    assert Client().get(invitation.get_absolute_url()).status_code == 404
    with pytest.raises(InvitationClosed):
        accept_invitation(user=person, code=invitation.code)
    assert user_school(person) is None


@pytest.mark.parametrize("code", ["none", "a" * 200, "%00", "..%2f", "-"])
def test_a_guessed_link_is_not_there(code):
    assert Client().get(f"/membership/invitation/{code}/").status_code in {400, 404}


def test_codes_are_long_and_never_the_same(coordinator):
    codes = {schools.invitation(by=coordinator).code for _ in range(20)}
    assert (len(codes), min(map(len, codes)) >= 22) == (20, True)


@pytest.mark.parametrize("days", ["", "0", "365", "x", "-3"])
def test_a_link_works_for_one_of_the_terms_offered(coordinator, days):
    school = pages.school_page()
    page = signed_in(coordinator).post(f"/membership/schools/{school.pk}/", {"invite": "yes", "days": days})
    assert (page.status_code, SchoolInvitation.objects.count()) == (200, 0)
    with pytest.raises(ValueError, match="0"):
        invite_staff(school=school, by=coordinator, days=0)


def test_a_representative_invites_to_their_own_school_only():
    represents, other = schools.representative(), pages.school_page()
    client = signed_in(represents.user)
    client.post(f"/membership/schools/{represents.school_id}/", {"invite": "yes", "days": "7"})
    assert client.post(f"/membership/schools/{other.pk}/", {"invite": "yes", "days": "7"}).status_code == 404
    assert [i.school for i in SchoolInvitation.objects.all()] == [represents.school]
    with pytest.raises(NotYours):
        invite_staff(school=other, by=represents.user, days=7)


def test_anothers_link_is_not_closed_by_a_guessed_number(coordinator):
    represents, alien = schools.representative(), schools.invitation(by=coordinator)
    client = signed_in(represents.user)
    assert client.post(f"/membership/schools/{represents.school_id}/", {"revoke": alien.pk}).status_code == 404
    assert SchoolInvitation.objects.open().count() == 1


# Representatives


def test_the_coordinator_says_who_represents_a_school(coordinator):
    school = pages.school_page()
    first, second = schools.member(school=school), schools.representative(school=school)
    staff = f"/membership/schools/{school.pk}/"
    client = signed_in(coordinator)
    client.post(staff, {"represent": "yes", "shown": [first.pk, second.pk], "representatives": [first.pk]})
    assert list(Membership.objects.filter(is_representative=True)) == [first]
    assert told(first.user) == ["representing"]
    assert signed_in(first.user).get(QUEUE).status_code == 200
    assert signed_in(second.user).get(QUEUE).status_code == 403


def test_members_of_other_pages_and_schools_stay_what_they_are(coordinator):
    elsewhere = schools.representative()
    school = pages.school_page()
    hidden, shown, alien = schools.representative(school=school), schools.member(school=school), schools.member()
    client, staff = signed_in(coordinator), f"/membership/schools/{school.pk}/"
    client.post(staff, {"represent": "yes", "shown": shown.pk, "representatives": shown.pk})
    assert client.post(staff, {"represent": "yes", "shown": shown.pk, "representatives": alien.pk}).status_code == 404
    assert set(Membership.objects.filter(is_representative=True)) == {elsewhere, hidden, shown}


def test_a_representative_names_no_representatives():
    represents = schools.representative()
    member = schools.member(school=represents.school)
    client = signed_in(represents.user)
    staff = f"/membership/schools/{represents.school_id}/"
    form = {"represent": "yes", "shown": member.pk, "representatives": member.pk}
    assert client.post(staff, form).status_code == 404
    assert list(Membership.objects.filter(is_representative=True)) == [represents]


def test_thirty_members_cost_as_many_queries_as_one(coordinator):
    school = pages.school_page()
    schools.member(school=school)
    schools.invitation(by=coordinator, school=school)
    client = signed_in(coordinator)
    one = queries(client, f"/membership/schools/{school.pk}/")
    for _ in range(29):
        schools.member(school=school)
        schools.invitation(by=coordinator, school=school)
    assert queries(client, f"/membership/schools/{school.pk}/") == one


# Who works there no more


def ended(staff, membership):
    return signed_in(staff).post(f"/membership/schools/{membership.school_id}/", {"end": membership.pk}).status_code


def test_a_membership_is_ended_once_the_person_is_told_and_teaches_no_more(coordinator):
    member = schools.member()
    for _press in range(2):
        assert ended(coordinator, member) == 302
    member.refresh_from_db()
    assert (member.confirmed_at, member.ended_by, member.is_waiting) == (None, coordinator, False)
    assert (user_school(member.user), told(member.user)) == (None, ["membership-ended"])
    assert [(change.role, change.action, change.by) for change in RoleChange.objects.all()] == [
        ("teacher", "taken", coordinator)
    ]
    assert signed_in(member.user).get(ACCOUNT).context is not None


def test_who_works_at_another_school_too_stays_a_teacher_and_anybody_may_ask_anew(coordinator):
    member = schools.member()
    schools.member(user=member.user)
    ended(coordinator, member)
    assert User.objects.get(pk=member.user_id).has_role("teacher")
    signed_in(member.user).post(JOIN, {"school": member.school_id, "position": "учитель"})
    signed_in(coordinator).post(QUEUE, {"membership": member.pk})
    member.refresh_from_db()
    assert (member.confirmed_by, member.ended_at) == (coordinator, None)


def test_a_representative_ends_memberships_of_their_school_but_none_of_representatives(coordinator):
    represents = schools.representative()
    member, other = schools.member(school=represents.school), schools.representative(school=represents.school)
    assert [ended(represents.user, each) for each in (member, other, represents)] == [302, 404, 404]
    assert ended(represents.user, schools.member()) == 404
    assert ended(schools.member(school=represents.school).user, other) == 404
    assert ended(coordinator, other) == 302
    assert set(Membership.objects.filter(ended_at__isnull=False)) == {member, other}


def test_whom_the_school_has_let_go_does_not_come_back_by_the_link_of_those_days(coordinator):
    member = schools.member()
    link = schools.invitation(by=coordinator, school=member.school)
    end_membership(membership=member, by=coordinator)
    with pytest.raises(InvitationClosed):
        accept_invitation(user=member.user, code=link.code)
    fresh = schools.invitation(by=coordinator, school=member.school)
    assert accept_invitation(user=member.user, code=fresh.code).confirmed_at
