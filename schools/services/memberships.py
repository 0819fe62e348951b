"""Requests to join a school, and the answers to them."""

from collections.abc import Iterable

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from accounts.permissions import is_coordinator
from accounts.roles import Role
from accounts.services.roles import give_role, take_role
from schools import notices
from schools.models import Membership, SchoolPage

#: Requests of one person that may wait at the same time: some teach at two schools, nobody at ten.
MOST_WAITING = 3


class AlreadyMember(Exception):  # noqa: N818 - named by what happened
    """The person is a member of this school: there is nothing to ask for or to decline."""


class TooManyRequests(Exception):  # noqa: N818
    """The person has so many requests waiting that another one would be a nuisance."""


class NotYours(Exception):  # noqa: N818
    """Only the coordinator and the school's representatives do this."""


def user_school(user: User) -> SchoolPage | None:
    """Where the person works: the school confirmed last."""
    latest = (
        Membership.objects.confirmed()
        .filter(user=user)
        .select_related("school")
        .order_by("-confirmed_at", "-pk")
        .first()
    )
    return latest.school if latest else None


def held(user: User) -> User:
    """The person's row, held: of two clicks at once the second sees what the first has done."""
    return User.objects.select_for_update(no_key=True).get(pk=user.pk)


@transaction.atomic
def ask_to_join(*, user: User, school: SchoolPage, position: str) -> Membership:
    """A request that waits for an answer; asked twice it is one, asked after a refusal it is made anew.

    Raises:
        AlreadyMember: the membership is confirmed already.
        TooManyRequests: several others wait.
    """
    held(user)
    known = Membership.objects.filter(user=user, school=school).first()
    if known and known.confirmed_at:
        raise AlreadyMember(known)
    others = Membership.objects.waiting().filter(user=user).exclude(school=school)
    if others.count() >= MOST_WAITING:
        raise TooManyRequests(user)
    if known and known.is_waiting:
        known.position = position
        known.save(update_fields=["position"])
        return known
    membership = known or Membership(user=user, school=school)
    membership.position = position
    membership.created_at = timezone.now()
    membership.declined_at = membership.declined_by = membership.ended_at = membership.ended_by = None
    membership.reason = ""
    membership.save()
    remember_position(user, position)
    notices.tell_of_request(membership)
    return membership


def remember_position(user: User, position: str) -> None:
    """What a person says of their work for the first time stands beside their works too."""
    if position and not user.position:
        user.position = position
        user.save(update_fields=["position"])


@transaction.atomic
def take_back(*, user: User, membership_id: int) -> None:
    """The person's own request that waits for an answer goes; what is answered or another's stays."""
    for membership in Membership.objects.waiting().filter(user=user, pk=membership_id).select_for_update(no_key=True):
        membership.delete()


@transaction.atomic
def confirm(*, memberships: Iterable[Membership], by: User) -> list[Membership]:
    """Those whose membership is confirmed now: each becomes a teacher and is told. Done already is not done again.

    Raises:
        NotYours: one of them is of a school that `by` does not look after; none is confirmed then.
    """
    ids = [membership.pk for membership in memberships]
    # People before their memberships, as everywhere: they are held again when the role is given.
    people = User.objects.filter(memberships__in=ids).order_by("pk").select_for_update(of=["self"], no_key=True)
    list(people.values_list("pk", flat=True))
    chosen = Membership.objects.filter(pk__in=ids).select_related("user", "school").order_by("pk")
    asked = list(chosen.select_for_update(of=["self"], no_key=True))
    _must_look_after({membership.school for membership in asked}, by)
    waiting = [membership for membership in asked if membership.is_waiting]
    for membership in waiting:
        let_in(membership, by=by)
        notices.tell_of_confirmation(membership)
    return waiting


def let_in(membership: Membership, *, by: User) -> None:
    """Makes a person a member and a teacher, whatever was before."""
    membership.confirmed_at, membership.confirmed_by = timezone.now(), by
    membership.declined_at = membership.declined_by = membership.ended_at = membership.ended_by = None
    membership.reason = ""
    membership.save()
    # A superuser who teaches needs no role for it, and nobody else may change theirs.
    if not membership.user.is_superuser:
        give_role(user=membership.user, role=Role.TEACHER, by=by)


@transaction.atomic
def decline(*, membership: Membership, by: User, reason: str) -> Membership:
    """The request is refused, and the person learns why. Refused twice, the first reason stands.

    Raises:
        NotYours: `by` does not look after the school.
        AlreadyMember: the membership was confirmed meanwhile.
    """
    membership = _held_membership(membership)
    _must_look_after({membership.school}, by)
    if membership.confirmed_at:
        raise AlreadyMember(membership)
    if membership.is_waiting:
        membership.declined_at, membership.declined_by, membership.reason = timezone.now(), by, reason
        membership.save()
        notices.tell_of_refusal(membership)
    return membership


@transaction.atomic
def end_membership(*, membership: Membership, by: User) -> Membership:
    """The person works at the school no more; who ended it and when stays in the row. Ended twice, it is one ending.

    Who is confirmed at no other school is a teacher of the portal no longer.

    Raises:
        NotYours: `by` does not look after the school, or it is their own membership, or a representative's
            while `by` is no coordinator.
    """
    held(membership.user)
    membership = _held_membership(membership)
    _must_look_after({membership.school}, by)
    if membership.user_id == by.pk or (membership.is_representative and not is_coordinator(by)):
        raise NotYours(membership.school)
    if membership.confirmed_at is None:
        return membership
    membership.confirmed_at, membership.is_representative = None, False
    membership.ended_at, membership.ended_by = timezone.now(), by
    membership.save()
    person = membership.user
    if not person.is_superuser and not Membership.objects.confirmed().filter(user=person).exists():
        take_role(user=person, role=Role.TEACHER, by=by)
    notices.tell_of_ending(membership)
    return membership


@transaction.atomic
def name_representatives(*, school: SchoolPage, members: Iterable[Membership], by: User) -> list[Membership]:
    """These members represent the school from now on, and nobody else; returns those who were not before.

    Raises:
        NotYours: `by` is no coordinator.
    """
    if not by.has_perm("schools.name_representatives"):
        raise NotYours(school)
    ids = {member.pk for member in members}
    members_of_school = Membership.objects.confirmed().filter(school=school).order_by("pk")
    confirmed = members_of_school.select_for_update(of=["self"], no_key=True)
    confirmed.filter(is_representative=True).exclude(pk__in=ids).update(is_representative=False)
    fresh = list(confirmed.filter(pk__in=ids, is_representative=False).select_related("user", "school"))
    for member in fresh:
        member.is_representative = True
        member.save(update_fields=["is_representative"])
        notices.tell_of_representing(member)
    return fresh


def _held_membership(membership: Membership) -> Membership:
    rows = Membership.objects.select_for_update(of=["self"], no_key=True).select_related("user", "school")
    return rows.get(pk=membership.pk)


def _must_look_after(schools: set[SchoolPage], by: User) -> None:
    within = by.is_active and (is_coordinator(by) or schools <= set(SchoolPage.objects.within_reach(by)))
    if not within:
        raise NotYours(*schools)
