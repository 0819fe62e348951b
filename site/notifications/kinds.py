"""What the portal tells of: each module names its kinds in `AppConfig.ready`.

    register(Kind("practice-returned", _("My practice is returned"), Group.PRACTICES, Frequency.AT_ONCE))

People choose by group, not by kind: five questions can be answered, thirty cannot.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from accounts.models import User


class Frequency(models.TextChoices):
    """How soon a letter follows a notification."""

    AT_ONCE = "at-once"
    DAILY = "daily"
    WEEKLY = "weekly"
    OFF = "off"


class Group(models.TextChoices):
    """Kinds that a person would want, or not want, together."""

    PRACTICES = "practices", _("My practices")
    REVIEWS = "reviews", _("My reviews")
    MEMBERSHIP = "membership", _("My school and my roles")
    SEARCHES = "searches", _("My searches")
    COMPLAINTS = "complaints", _("Complaints")
    COORDINATION = "coordination", _("The coordinator's work")


@dataclass(frozen=True)
class Kind:
    """One kind of news. `default`: AT_ONCE for decisions, deadlines and words said directly to the person, else DAILY.

    `roles`: who can ever be told of it, by role codes; empty: anybody.
    """

    code: str
    title: str | Promise
    group: Group
    default: Frequency = Frequency.DAILY
    roles: frozenset[str] = frozenset()

    def __post_init__(self):
        object.__setattr__(self, "group", Group(self.group))
        object.__setattr__(self, "default", Frequency(self.default))
        object.__setattr__(self, "roles", frozenset(self.roles))

    def concerns(self, person: "User") -> bool:
        return not self.roles or person.is_superuser or bool(self.roles & person.role_codes)


class UnknownKindError(LookupError):
    """Nobody registered a kind of this code."""


_kinds: dict[str, Kind] = {}


def register(*kinds: Kind) -> None:
    for kind in kinds:
        _kinds[kind.code] = kind


def kind_of(code: str) -> Kind:
    """The kind of a code.

    Raises:
        UnknownKindError: nobody registered it.
    """
    try:
        return _kinds[code]
    except KeyError:
        raise UnknownKindError(code) from None


def kinds_of(group: Group, person: "User | None" = None) -> list[Kind]:
    """Kinds of a group, in the order of registration; those alone that concern a person, when given."""
    found: Iterable[Kind] = (kind for kind in _kinds.values() if kind.group == group)
    return [kind for kind in found if person is None or kind.concerns(person)]
