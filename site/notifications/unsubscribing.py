"""Links that stop letters without signing in (RFC 8058): a signed word on who stops what.

They never expire: a letter may be read years later, and all that its link can do is to make us silent.
"""

from dataclasses import dataclass

from django.conf import settings
from django.core import signing
from django.urls import reverse

from notifications.kinds import Frequency, Group

SALT = "notifications.unsubscribe"


@dataclass(frozen=True)
class Stop:
    """What a link stops: a `group` of kinds or a `digest` (by its frequency) for a person, or all for an `email`."""

    person: int | None = None
    group: str = ""
    digest: str = ""
    email: str = ""

    def url(self) -> str:
        token = signing.dumps([self.person, self.group, self.digest, self.email], salt=SALT)
        return settings.BASE_URL + reverse("notifications:unsubscribe", args=[token])


def read(token: str) -> Stop:
    """What a link stops.

    Raises:
        django.core.signing.BadSignature: the link was not made here, or was spoilt on its way, or names a group
            that is no more.
    """
    try:
        stop = Stop(*signing.loads(token, salt=SALT))
        if stop.group:
            Group(stop.group)
        if stop.digest:
            Frequency(stop.digest)
    except (TypeError, ValueError) as error:
        raise signing.BadSignature(str(error)) from error
    return stop
