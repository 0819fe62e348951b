"""Anybody complains about what they see; nobody learns of what they do not see."""

import pytest
from django.core.cache import cache
from django.db import IntegrityError, transaction
from django.template import Context, Template

from core.models import Subject
from moderation import services, signals
from moderation.models import Complaint
from tests.factories import complaints
from tests.factories.accounts import UserFactory

pytestmark = pytest.mark.django_db

GOOD = {"reason": "error", "text": "Дата неверна."}


@pytest.fixture(autouse=True)
def _no_counters():
    cache.clear()


def form_of(page) -> str:
    return f"/complaints/new/home.standardpage/{page.pk}/"


def test_a_visitor_complains_and_comes_back_to_the_page(client):
    page = complaints.page("О портале")
    assert client.get(form_of(page)).status_code == 200
    response = client.post(form_of(page), GOOD | {"email": "Reader@Mail.Example"}, follow=True)
    assert response.redirect_chain == [(page.url, 302)]
    assert "Reader@Mail.Example" in response.content.decode()
    made = Complaint.objects.get()
    assert (made.obj, made.object_title, made.object_url) == (page, "О портале", page.url)
    assert (made.reason, made.text, made.email, made.complainer) == (
        "error",
        "Дата неверна.",
        "reader@mail.example",
        None,
    )


def test_a_visitor_may_leave_no_address(client):
    assert client.post(form_of(complaints.page()), GOOD).status_code == 302
    assert Complaint.objects.get().email == ""


def test_a_member_complains_by_name_and_is_not_asked_for_an_address(enter):
    person, page = UserFactory(), complaints.page()
    client = enter(person)
    assert 'name="email"' not in client.get(form_of(page)).content.decode()
    client.post(form_of(page), GOOD | {"email": "other@mail.example"})
    made = Complaint.objects.get()
    assert (made.complainer, made.email) == (person, "")


def test_a_second_complaint_of_the_same_person_is_told_already(enter):
    person, page = UserFactory(), complaints.page()
    client = enter(person)
    client.post(form_of(page), GOOD)
    again = client.post(form_of(page), GOOD | {"text": "И ещё раз."})
    assert (again.status_code, "Дата неверна." in again.content.decode()) == (200, True)
    assert "<textarea" not in client.get(form_of(page)).content.decode()
    assert Complaint.objects.count() == 1


def test_after_the_answer_one_may_complain_again_and_sees_the_answer(enter):
    person, page = UserFactory(), complaints.page()
    earlier = complaints.decided(page, complainer=person)
    client = enter(person)
    assert earlier.answer in client.get(form_of(page)).content.decode()
    assert client.post(form_of(page), GOOD).status_code == 302
    assert Complaint.objects.open().get().complainer == person


def test_several_people_complain_about_one_object():
    page = complaints.page()
    made = [complaints.complaint(page) for _person in range(3)]
    assert set(Complaint.objects.about(page)) == set(made)


@pytest.mark.parametrize(
    "address",
    [
        "/complaints/new/accounts.user/1/",
        "/complaints/new/nonsense/1/",
        "/complaints/new/home.standardpage/999999/",
        "/complaints/new/home.standardpage/99999999999999999999999/",
        "/complaints/new/home.standardpage/-1/",
        "/complaints/new/%3Cscript%3E/1/",
    ],
)
def test_what_is_not_there_cannot_be_complained_about(client, address):
    UserFactory(pk=1)
    assert [client.get(address).status_code, client.post(address, GOOD).status_code] == [404, 404]


def test_what_is_not_seen_cannot_be_complained_about(client, enter):
    page = complaints.page(live=False)
    for reader in (client, enter(UserFactory())):
        assert [reader.get(form_of(page)).status_code, reader.post(form_of(page), GOOD).status_code] == [404, 404]
    assert Complaint.objects.count() == 0


@pytest.mark.parametrize(
    "wrong", [{"reason": ""}, {"reason": "boredom"}, {"text": "  "}, {"text": "ю" * 3001}, {"email": "nowhere"}]
)
def test_what_is_wrong_is_told_and_nothing_typed_is_lost(client, wrong):
    response = client.post(
        form_of(complaints.page()), {"reason": "spam", "text": "Реклама", "email": "a@b.example"} | wrong
    )
    page = response.content.decode()
    assert (response.status_code, "error-summary" in page, Complaint.objects.count()) == (200, True, 0)
    assert "text" in wrong or "Реклама" in page


def test_a_machine_that_fills_the_hidden_field_is_thanked_and_forgotten(client):
    page = complaints.page()
    assert client.post(form_of(page), GOOD | {"website": "http://spam.example"}).headers["Location"] == page.url
    assert Complaint.objects.count() == 0


def test_visitors_of_one_address_complain_twenty_times_an_hour(client):
    page = complaints.page()
    statuses = [client.post(form_of(page), GOOD).status_code for _time in range(21)]
    assert statuses == [302] * 20 + [429]
    assert client.post(form_of(page), GOOD, REMOTE_ADDR="203.0.113.9").status_code == 302


def test_a_flood_from_one_address_does_not_stop_members_there(client, enter):
    page = complaints.page()
    for _time in range(21):
        client.post(form_of(page), GOOD)
    assert enter(UserFactory()).post(form_of(page), GOOD).status_code == 302


def test_the_form_is_kept_nowhere(client):
    assert "no-store" in client.get(form_of(complaints.page())).headers["Cache-Control"]


def test_those_above_hear_of_a_complaint(client):
    heard = []

    def hear(sender, complaint, **kwargs):
        heard.append(complaint.pk)

    signals.complaint_made.connect(hear)
    client.post(form_of(complaints.page()), GOOD)
    assert heard == [Complaint.objects.get().pk]


def test_a_failing_listener_leaves_no_complaint():
    page = complaints.page()

    def fail(sender, complaint, **kwargs):
        raise RuntimeError

    signals.complaint_made.connect(fail)
    with pytest.raises(RuntimeError):
        complaints.complaint(page)
    signals.complaint_made.disconnect(fail)
    assert Complaint.objects.count() == 0


def test_a_complainer_who_is_erased_leaves_the_complaint():
    made = complaints.complaint()
    made.complainer.delete()
    made.refresh_from_db()
    assert (made.complainer, made.text) == (None, "Дата неверна.")


@pytest.mark.parametrize(
    "nonsense", [{"state": "upheld"}, {"reason": "boredom"}, {"email": "a@b.example"}, {"answer": "Да"}]
)
def test_the_database_refuses_nonsense(nonsense):
    made = complaints.complaint()
    with pytest.raises(IntegrityError), transaction.atomic():
        Complaint.objects.filter(pk=made.pk).update(**nonsense)


def test_a_person_has_one_open_complaint_about_an_object():
    person, page = UserFactory(), complaints.page()
    complaints.complaint(page, complainer=person)
    with pytest.raises(services.AlreadyComplained):
        complaints.complaint(page, complainer=person)


def link(obj, django_assert_num_queries) -> str:
    template = Template("{% load moderation %}{% complaint_link thing %}")
    with django_assert_num_queries(0):
        return template.render(Context({"thing": obj}))


def test_the_link_asks_nothing_and_leads_to_the_form(django_assert_num_queries):
    page = complaints.page()
    assert f'href="{form_of(page)}"' in link(page, django_assert_num_queries)


def test_what_nobody_registered_has_no_link(django_assert_num_queries):
    assert link(Subject(pk=1), django_assert_num_queries).strip() == ""
