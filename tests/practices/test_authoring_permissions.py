"""Who may open which of the authors' pages: another's draft does not exist."""

import pytest
from django.urls import reverse

from practices.authoring import drafts
from tests.factories import authoring as factory
from tests.factories.accounts import UserFactory

pytestmark = pytest.mark.django_db

ROLES = ["anonymous", "stranger", "author", "coauthor", "expert", "editor", "coordinator"]


def row(*statuses: int) -> dict[str, int]:
    return dict(zip(ROLES, statuses, strict=True))


OPEN = row(302, 200, 200, 200, 200, 200, 200)
WRITERS = row(302, 404, 200, 200, 404, 404, 404)
AUTHOR = row(302, 404, 200, 404, 404, 404, 404)
#: Statuses of GET, or of POST where there is no GET. An anonymous visitor is sent to the door.
TABLE = {
    "authoring:start": OPEN,
    "authoring:write": OPEN,
    "authoring:tags": OPEN,
    "authoring:upload_picture": row(302, 400, 400, 400, 400, 400, 400),
    "authoring:upload_document": row(302, 400, 400, 400, 400, 400, 400),
    "authoring:invitation": row(302, 404, 404, 200, 404, 404, 404),
    "authoring:edit": WRITERS,
    "authoring:preview": WRITERS,
    "authoring:submit": AUTHOR,
    "authoring:submitted": row(302, 404, 302, 302, 404, 404, 404),
    "authoring:call_back": row(302, 404, 302, 404, 404, 404, 404),
    "authoring:copy": row(302, 404, 302, 302, 404, 404, 404),
    "authoring:discard": AUTHOR,
    "authoring:coauthors": WRITERS,
}
POSTED = {"authoring:upload_picture", "authoring:upload_document", "authoring:call_back", "authoring:copy"}
OF_NOBODY = {"authoring:start", "authoring:write", "authoring:tags", "authoring:upload_picture"}
OF_NOBODY |= {"authoring:upload_document"}


def test_each_role_meets_what_the_table_says(client):
    people = {
        "stranger": factory.author(),
        "author": factory.author(),
        "coauthor": factory.author(),
        "expert": UserFactory(roles=["expert"]),
        "editor": UserFactory(roles=["editor"]),
        "coordinator": UserFactory(roles=["coordinator"]),
    }
    practice = factory.complete(people["author"])
    factory.agree_to_distribution(people["coauthor"])
    invitation = drafts.invite_coauthor(practice=practice, by=people["author"], email=people["coauthor"].email)
    drafts.accept_invitation(code=invitation.code, user=people["coauthor"])
    met = {}
    for name in TABLE:
        arguments = [] if name in OF_NOBODY else [invitation.code if name == "authoring:invitation" else practice.pk]
        url = reverse(name, args=arguments)
        met[name] = {}
        for role in ROLES:
            client.logout()
            if role in people:
                client.force_login(people[role])
            answer = client.post(url) if name in POSTED else client.get(url)
            met[name][role] = answer.status_code
    assert met == TABLE


def test_a_script_of_somebody_signed_out_is_told_so(client):
    answer = client.post(reverse("authoring:write"), {"whole": "1"}, HTTP_ACCEPT="application/json")
    assert answer.status_code == 401
    assert answer.json()["message"]
