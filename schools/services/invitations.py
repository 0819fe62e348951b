"""A link by which a whole staff joins its school."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from schools import notices
from schools.models import Membership, SchoolInvitation, SchoolPage
from schools.services.memberships import NotYours, held, let_in, remember_position

LONGEST = 60


class InvitationClosed(Exception):  # noqa: N818 - named by what happened
    """There is no such link, or it is over, or it was taken back, or who made it may invite no longer."""


@transaction.atomic
def invite_staff(*, school: SchoolPage, by: User, days: int) -> SchoolInvitation:
    """A new link to this school, good for so many days (1…60).

    Raises:
        NotYours: `by` does not look after the school.
        ValueError: the days are out of bounds.
    """
    if not by.has_perm("schools.manage_staff", school):
        raise NotYours(school)
    if not 1 <= days <= LONGEST:
        raise ValueError(days)
    return SchoolInvitation.objects.create(
        school=school, created_by=by, expires_at=timezone.now() + timedelta(days=days)
    )


@transaction.atomic
def revoke_invitation(*, invitation: SchoolInvitation, by: User) -> None:
    """The link leads nowhere from now on; who has come by it stays.

    Raises:
        NotYours: `by` does not look after the school.
    """
    if not by.has_perm("schools.manage_staff", invitation.school):
        raise NotYours(invitation.school)
    SchoolInvitation.objects.filter(pk=invitation.pk, revoked_at=None).update(revoked_at=timezone.now())


def standing_invitation(code: str) -> SchoolInvitation:
    """The invitation behind a code.

    Raises:
        InvitationClosed: there is none that lets in now. Which of the reasons it is, is nobody's business.
    """
    found = SchoolInvitation.objects.open().filter(code=code, school__live=True).select_related("school", "created_by")
    invitation = found.first()
    if not invitation or invitation.created_by is None or not invitation.created_by.is_active:
        raise InvitationClosed(code)
    if not invitation.created_by.has_perm("schools.manage_staff", invitation.school):
        raise InvitationClosed(code)
    return invitation


@transaction.atomic
def accept_invitation(*, user: User, code: str, position: str = "") -> Membership:
    """The person is a member at once, by the word of who made the link; accepted twice, it is one membership.

    Raises:
        InvitationClosed: see `standing_invitation`; or the person's membership was ended since the link was made.
    """
    held(user)
    invitation = standing_invitation(code)
    membership, _made = Membership.objects.get_or_create(
        user=user, school=invitation.school, defaults={"position": position, "invitation": invitation}
    )
    if membership.confirmed_at:
        return membership
    if membership.ended_at and membership.ended_at > invitation.created_at:
        # Whom the school has let go does not come back by the link of those days, but asks anew.
        raise InvitationClosed(code)
    membership.user, membership.invitation = user, invitation
    membership.position = position or membership.position
    let_in(membership, by=invitation.created_by)
    remember_position(user, membership.position)
    notices.tell_of_joining(membership)
    return membership
