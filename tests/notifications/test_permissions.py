"""Who may do what with notifications and letters: each role at each address."""

import pytest
from django.urls import reverse

from notifications.unsubscribing import Stop
from tests.factories import notifications as factory
from tests.factories.accounts import SuperuserFactory, UserFactory

pytestmark = pytest.mark.django_db

#: `owner` is told the notification that is asked for.
ROLES = ("visitor", "teacher", "owner", "expert", "coordinator", "superuser")
ROWS = {
    "notifications:index": (302, 200, 200, 200, 200, 200),
    "notifications:count": (403, 200, 200, 200, 200, 200),
    "notifications:read_all": (302, 302, 302, 302, 302, 302),
    "notifications:settings": (302, 200, 200, 200, 200, 200),
    "notifications:open": (302, 404, 302, 404, 404, 404),
    "notifications:unsubscribe": (200, 200, 200, 200, 200, 200),
    "notifications:letters": (302, 403, 403, 403, 200, 200),
    "notifications:send_again": (302, 403, 403, 403, 302, 302),
    "notifications:leave": (302, 403, 403, 403, 302, 302),
}
TABLE = {name: dict(zip(ROLES, row, strict=True)) for name, row in ROWS.items()}
POSTED = {"notifications:read_all", "notifications:send_again", "notifications:leave"}
TO_THE_DOOR = {"notifications:index", "notifications:settings", "notifications:letters", "notifications:open"}


def person(role: str):
    if role == "superuser":
        return SuperuserFactory()
    return UserFactory(roles=[{"owner": "teacher"}.get(role, role)])


@pytest.mark.parametrize(("name", "role"), [(name, role) for name, row in TABLE.items() for role in row])
def test_each_role_at_each_address(client, name, role):
    actor = None if role == "visitor" else person(role)
    told = factory.notification(actor if role == "owner" else UserFactory())
    letter = factory.in_doubt()
    objects = {
        "notifications:open": [told.pk],
        "notifications:unsubscribe": [Stop(email="a@school.example").url().rstrip("/").rpartition("/")[2]],
        "notifications:send_again": [letter.pk],
        "notifications:leave": [letter.pk],
    }
    if actor:
        client.force_login(actor)

    url = reverse(name, args=objects.get(name, []))
    response = client.post(url) if name in POSTED else client.get(url)
    assert response.status_code == TABLE[name][role]
    if role == "visitor" and name in TO_THE_DOOR:
        assert response["Location"] == f"/accounts/login/?next={url}"
    letter.refresh_from_db()
    allowed = role in {"coordinator", "superuser"}
    assert letter.state == ("waiting" if allowed and name == "notifications:send_again" else "unknown")


@pytest.mark.parametrize("name", sorted(POSTED))
def test_what_changes_something_is_never_done_by_a_link(client, coordinator, name):
    client.force_login(coordinator)
    arguments = [] if name == "notifications:read_all" else [factory.in_doubt().pk]

    assert client.get(reverse(name, args=arguments)).status_code == 405
