"""Giving and taking roles: each change is a line of an append-only log."""

from collections.abc import Collection

from django.contrib.auth.models import Group
from django.db import transaction

from accounts.models import RoleChange, User
from accounts.services.consents import person_mark


class OutOfReach(Exception):  # noqa: N818 - named by what happened
    """Nobody but a superuser changes the roles of a superuser."""


class NoSuchRole(Exception):  # noqa: N818
    """There is no group of this name."""


def give_role(*, user: User, role: str, by: User | None) -> RoleChange | None:
    """The role is the person's from now on; None where it was already. `by` is None for the portal itself.

    Raises:
        OutOfReach: the person is a superuser and `by` is not.
        NoSuchRole: no group is called so.
    """
    return next(iter(change_roles(user=user, give={role}, by=by)), None)


def take_role(*, user: User, role: str, by: User | None) -> RoleChange | None:
    """The role is the person's no longer; None where it was not before. Raises as `give_role` does."""
    return next(iter(change_roles(user=user, take={role}, by=by)), None)


@transaction.atomic
def change_roles(
    *, user: User, give: Collection[str] = (), take: Collection[str] = (), by: User | None
) -> list[RoleChange]:
    """Gives and takes several roles at once; what is so already is neither done nor logged.

    Raises:
        OutOfReach: the person is a superuser and `by` is not.
        NoSuchRole: a group of these names is not there.
    """
    if by is not None and not by.has_perm("accounts.manage_person", user):
        raise OutOfReach(user)
    groups = {group.name: group for group in Group.objects.filter(name__in={*give, *take})}
    if missing := {*give, *take} - set(groups):
        raise NoSuchRole(*missing)
    # Of two clicks at once the second sees what the first has done.
    User.objects.select_for_update(no_key=True).get(pk=user.pk)
    held = set(user.groups.values_list("name", flat=True))
    given, taken = sorted(set(give) - held), sorted(set(take) & held)
    user.groups.add(*(groups[name] for name in given))
    user.groups.remove(*(groups[name] for name in taken))
    user.__dict__.pop("role_codes", None)
    actions = [(name, RoleChange.Action.GIVEN) for name in given] + [(name, RoleChange.Action.TAKEN) for name in taken]
    return RoleChange.objects.bulk_create(
        RoleChange(user=user, person_mark=person_mark(user.email), role=name, action=action, by=by)
        for name, action in actions
    )


@transaction.atomic
def set_roles(*, user: User, roles: Collection[str], among: Collection[str], by: User | None) -> list[RoleChange]:
    """Of the groups `among` exactly these are the person's; others stay as they are. Raises as `change_roles` does."""
    return change_roles(user=user, give=set(roles), take=set(among) - set(roles), by=by)
