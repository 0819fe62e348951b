"""Who gets into the pages of a review: roles × pages × statuses."""

import pytest
from django.urls import reverse

from practices.review import services
from tests.factories import review
from tests.factories.accounts import SuperuserFactory, UserFactory

pytestmark = pytest.mark.django_db
#: DOOR: to the sign-in, or back after a press; BAD: a form without what it needs.
IN, OUT, DOOR, BAD = 200, 404, 302, 422

ROLES = [
    "anonymous",
    "another_teacher",
    "author",
    "coauthor",
    "expert_asked",
    "expert_declined",
    "expert_not_asked",
    "coordinator",
    "coordinator_author",
    "superuser",
]


def by_role(*statuses: int) -> dict[str, int]:
    return dict(zip(ROLES, statuses, strict=True))


NOBODY_ELSE = by_role(DOOR, OUT, OUT, OUT, OUT, OUT, OUT, IN, OUT, IN)
PRESSED = by_role(DOOR, OUT, OUT, OUT, OUT, OUT, OUT, DOOR, OUT, DOOR)
TABLE = {
    "review:index": by_role(DOOR, OUT, OUT, OUT, IN, IN, IN, OUT, OUT, OUT),
    "review:read": by_role(DOOR, OUT, OUT, OUT, IN, IN, OUT, OUT, OUT, OUT),
    "review:history": by_role(DOOR, OUT, IN, IN, OUT, OUT, OUT, IN, IN, IN),
    "review:queue": by_role(DOOR, OUT, OUT, OUT, OUT, OUT, OUT, IN, IN, IN),
    "review:round": NOBODY_ELSE,
    "review:assign": PRESSED | {"coordinator": BAD, "superuser": BAD},
    "review:decide": PRESSED | {"coordinator": BAD, "superuser": BAD},
    "review:release": PRESSED,
    "review:move": PRESSED,
    "review:decline": by_role(DOOR, OUT, OUT, OUT, DOOR, DOOR, OUT, OUT, OUT, OUT),
}
PRESSES = {"review:decline", "review:assign", "review:decide", "review:release", "review:move"}


@pytest.fixture
def stage(client):
    """A practice under review with people of every role around it."""
    author, coauthor = UserFactory(roles=["teacher"]), UserFactory(roles=["teacher"])
    both = UserFactory(roles=["coordinator", "teacher"])
    experts = [review.expert() for _number in range(3)]
    opened = review.submitted(author, coauthors=[coauthor, both])
    asked, declined = review.reviews_of(opened)
    services.decline(review=declined)
    people = {
        "anonymous": None,
        "another_teacher": UserFactory(roles=["teacher"]),
        "author": author,
        "coauthor": coauthor,
        "expert_asked": asked.expert,
        "expert_declined": declined.expert,
        "expert_not_asked": review.expert(),
        "coordinator": review.coordinator(),
        "coordinator_author": both,
        "superuser": SuperuserFactory(),
    }
    assert {asked.expert, declined.expert} < set(experts)
    return opened, asked, declined, people


@pytest.mark.parametrize("role", ROLES)
def test_the_pages_of_a_review_are_for(stage, client, role):
    opened, asked, declined, people = stage
    mine = declined if role == "expert_declined" else asked
    arguments = {
        "review:read": [mine.pk],
        "review:decline": [mine.pk],
        "review:history": [opened.practice_id],
        "review:round": [opened.pk],
        "review:assign": [opened.pk],
        "review:decide": [opened.pk],
        "review:release": [opened.pk, asked.pk],
        "review:move": [opened.pk, asked.pk],
    }
    if people[role]:
        client.force_login(people[role])
    statuses = {}
    for name in TABLE:
        method = client.post if name in PRESSES else client.get
        statuses[name] = method(reverse(name, args=arguments.get(name, []))).status_code
    assert statuses == {name: row[role] for name, row in TABLE.items()}


@pytest.mark.parametrize("role", ["expert_not_asked", "author", "coauthor", "coordinator"])
def test_nobody_writes_in_anothers_review(stage, client, role):
    _opened, asked, _declined, people = stage
    client.force_login(people[role])
    answer = client.post(reverse("review:read", args=[asked.pk]), {"action": "save", "version": 0, "text": "Взлом"})
    asked.refresh_from_db()
    assert (answer.status_code, asked.text, asked.version) == (404, "", 0)


def test_who_is_an_expert_no_more_reads_no_more(stage, client):
    _opened, asked, _declined, _people = stage
    asked.expert.groups.clear()
    client.force_login(asked.expert)
    assert client.get(reverse("review:read", args=[asked.pk])).status_code == 404


def test_a_review_of_another_round_is_not_released_by_a_guessed_address(stage, client):
    opened, _asked, _declined, people = stage
    other = review.reviews_of(review.submitted())[0]
    client.force_login(people["coordinator"])
    answer = client.post(reverse("review:release", args=[opened.pk, other.pk]))
    other.refresh_from_db()
    assert (answer.status_code, other.state) == (404, "asked")
