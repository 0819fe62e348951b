"""The rooms of the cabinet, as its menu shows them to this person."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.permissions import is_coordinator
from practices.models import Review

#: Everybody's own; reviews only for those who have been asked for one, or may be.
OWN = {
    "cabinet:index": _("What awaits me"),
    "cabinet:practices": _("My practices"),
    "review:index": _("My reviews"),
    "cabinet:lessons": _("Lessons by others’ practices"),
    "cabinet:certificates": _("My certificates"),
    "cabinet:searches": _("My searches"),
    "notifications:index": _("Notifications"),
    "accounts:index": _("My account"),
}
#: What the coordinator answers for, on quiet days too.
COORDINATION = {
    "review:queue": _("Under review"),
    "schools:queue": _("Requests to join schools"),
    "schools:schools": _("Staffs of schools"),
    "accounts:people": _("People and roles"),
    "moderation:queue": _("Complaints"),
    "cabinet:drafts": _("Drafts without an author"),
    "certificates:register": _("Certificates given"),
    "notifications:letters": _("Letters that did not go"),
}


@dataclass(frozen=True)
class Room:
    """A page of the cabinet, or one that the cabinet leads to."""

    title: str
    url: str


def rooms_of(user: User) -> list[Room]:
    reads = user.has_role("expert") or Review.objects.filter(expert=user).exists()
    return [Room(title, reverse(name)) for name, title in OWN.items() if reads or name != "review:index"]


def coordination_of(user: User) -> list[Room]:
    return [Room(title, reverse(name)) for name, title in COORDINATION.items()] if is_coordinator(user) else []
