"""Who opens what of a practice's life after publication."""

import pytest
from django.test import Client
from django.urls import reverse

from practices.afterlife import adoptions
from practices.models import PracticeAuthor, PracticePage, Withdrawal
from tests.factories import review
from tests.factories.accounts import SuperuserFactory, UserFactory
from tests.factories.afterlife import practice_by, report, teacher

pytestmark = pytest.mark.django_db

ROLES = ["anonymous", "stranger", "teacher", "reporter", "author", "photographer", "expert", "coordinator", "superuser"]


def statuses(*codes: int) -> dict[str, int]:
    return dict(zip(ROLES, codes, strict=True))


#: Answers to GET about a live practice; the button of `bring_back` is pressed. A superuser has every permission.
TABLE: dict[str, dict[str, int]] = {
    "afterlife:adopt": statuses(302, 403, 200, 200, 403, 403, 403, 403, 200),
    "afterlife:report": statuses(302, 404, 404, 200, 200, 404, 404, 200, 200),
    "afterlife:change_report": statuses(302, 404, 404, 200, 404, 404, 404, 404, 200),
    "afterlife:remove_report": statuses(302, 404, 404, 200, 404, 404, 404, 404, 200),
    "afterlife:look_after": statuses(302, 404, 404, 404, 200, 404, 404, 200, 200),
    "afterlife:withdraw": statuses(302, 404, 404, 404, 200, 404, 404, 200, 200),
    "afterlife:bring_back": statuses(302, 404, 404, 404, 404, 404, 404, 302, 302),
}
PRESSED = {"afterlife:bring_back"}
OF_A_REPORT = {"afterlife:report", "afterlife:change_report", "afterlife:remove_report"}


@pytest.fixture
def people() -> dict:
    return {
        "anonymous": None,
        "stranger": UserFactory(),
        "teacher": teacher(),
        "reporter": teacher(),
        "author": teacher(),
        "photographer": teacher(),
        "expert": UserFactory(roles=["expert"]),
        "coordinator": UserFactory(roles=["coordinator"]),
        "superuser": SuperuserFactory(),
    }


@pytest.fixture
def practice(people) -> PracticePage:
    practice = practice_by(people["author"])
    PracticeAuthor.objects.create(page=practice, user=people["photographer"], role="photographer", sort_order=9)
    return practice


def ask(person, name: str, practice: PracticePage, adoption) -> int:
    client = Client()
    if person:
        client.force_login(person)
    address = reverse(name, args=[adoption.pk if name in OF_A_REPORT else practice.pk])
    return (client.post(address) if name in PRESSED else client.get(address)).status_code


@pytest.mark.parametrize("name", TABLE)
def test_each_role_gets_what_the_table_says(people, practice, name):
    adoption = report(practice, by=people["reporter"])
    assert {role: ask(person, name, practice, adoption) for role, person in people.items()} == TABLE[name]


def test_of_an_unpublished_practice_nobody_learns(people, practice):
    adoption = report(practice, by=people["reporter"])
    practice.unpublish()
    for name in ("afterlife:adopt", "afterlife:look_after", "afterlife:withdraw"):
        answers = {role: ask(person, name, practice, adoption) for role, person in people.items() if person}
        assert set(answers.values()) == {404}


@pytest.mark.parametrize("number", [0, 999_999, 2**31, 2**63 - 1])
def test_numbers_of_nothing_are_not_found(client, number):
    client.force_login(SuperuserFactory())
    for name in TABLE:
        send = client.post if name in PRESSED else client.get
        assert send(reverse(name, args=[number])).status_code == 404


def test_only_the_author_answers_a_report(people, practice):
    adoption = report(practice, by=people["reporter"])
    answers = {}
    for role, person in people.items():
        client = Client()
        if person:
            client.force_login(person)
        answers[role] = client.post(reverse("afterlife:report", args=[adoption.pk]), {"answer": role}).status_code
    assert answers == statuses(302, 404, 404, 403, 302, 404, 404, 403, 302)
    adoption.refresh_from_db()
    assert adoption.answer == "superuser"


def test_a_hidden_report_is_closed_to_its_teacher_and_the_author(people, practice):
    adoption = report(practice, by=people["reporter"])
    adoptions.hide(adoption=adoption)
    opened = {role: ask(person, "afterlife:report", practice, adoption) for role, person in people.items()}
    assert opened == statuses(302, 404, 404, 404, 404, 404, 404, 200, 200)


def test_strangers_withdraw_nothing(people, practice):
    for role in ("stranger", "teacher", "reporter", "photographer", "expert"):
        client = Client()
        client.force_login(people[role])
        assert client.post(reverse("afterlife:withdraw", args=[practice.pk]), {"reason": "Так"}).status_code == 404
    assert not Withdrawal.objects.exists()


def test_a_draft_of_somebody_is_not_withdrawn_by_guessing_its_number(people):
    draft = review.written(teacher())
    for role in ("teacher", "expert"):
        client = Client()
        client.force_login(people[role])
        for name in ("afterlife:look_after", "afterlife:withdraw", "afterlife:adopt"):
            assert client.get(reverse(name, args=[draft.pk])).status_code == 404


def test_an_inactive_account_may_nothing(people, practice):
    author = people["author"]
    type(author).objects.filter(pk=author.pk).update(is_active=False)
    assert not type(author).objects.get(pk=author.pk).has_perm("practices.look_after", practice)
