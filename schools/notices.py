"""What people are told of memberships."""

from django.db.models import Q
from django.urls import reverse
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.roles import Role
from notifications.kinds import Frequency, Group, Kind, register
from notifications.services import notify
from schools.models import Membership

REQUEST = Kind("membership-request", _("Somebody asks to join a school"), Group.MEMBERSHIP)
CONFIRMED = Kind("membership-confirmed", _("My membership is confirmed"), Group.MEMBERSHIP, Frequency.AT_ONCE)
DECLINED = Kind("membership-declined", _("My membership is declined"), Group.MEMBERSHIP, Frequency.AT_ONCE)
REPRESENTING = Kind("representing", _("I represent my school"), Group.MEMBERSHIP, Frequency.AT_ONCE)
JOINED = Kind("membership-joined", _("A colleague has joined by my link"), Group.MEMBERSHIP)
ENDED = Kind("membership-ended", _("My membership is ended"), Group.MEMBERSHIP, Frequency.AT_ONCE)


def register_kinds() -> None:
    register(REQUEST, CONFIRMED, DECLINED, REPRESENTING, JOINED, ENDED)


def _event(membership: Membership, what: str) -> str:
    """Asked anew after a refusal, it is another event."""
    return f"membership-{membership.pk}-{what}-{membership.created_at:%Y%m%d%H%M%S}"


def those_who_answer(membership: Membership) -> list[User]:
    """Coordinators and the school's representatives, without the person who asks."""
    represents = Q(memberships__school=membership.school, memberships__is_representative=True)
    answering = User.objects.filter(Q(groups__name=Role.COORDINATOR) | represents, is_active=True)
    return list(answering.exclude(pk=membership.user_id).distinct())


def tell_of_request(membership: Membership) -> None:
    notify(
        recipients=those_who_answer(membership),
        kind=REQUEST.code,
        title=format_lazy(_("{person} asks to join: {school}"), person=membership.user, school=membership.school.title),
        text=membership.position,
        url=reverse("schools:queue"),
        key=_event(membership, "asked"),
    )


def tell_of_confirmation(membership: Membership) -> None:
    notify(
        recipients=[membership.user],
        kind=CONFIRMED.code,
        title=format_lazy(_("You are a member now: {school}"), school=membership.school.title),
        text=_("You can share practices with the city’s teachers."),
        url=reverse("accounts:index"),
        key=_event(membership, "confirmed"),
    )


def tell_of_refusal(membership: Membership) -> None:
    notify(
        recipients=[membership.user],
        kind=DECLINED.code,
        title=format_lazy(_("The request is declined: {school}"), school=membership.school.title),
        text=membership.reason,
        url=reverse("schools:join"),
        key=_event(membership, "declined"),
    )


def tell_of_ending(membership: Membership) -> None:
    notify(
        recipients=[membership.user],
        kind=ENDED.code,
        title=format_lazy(_("You are no longer listed at the school: {school}"), school=membership.school.title),
        text=_("Your works stay yours. If it is a mistake, or you work at another school now, send a request."),
        url=reverse("schools:join"),
        key=f"membership-{membership.pk}-ended-{membership.ended_at.isoformat()}",
    )


def tell_of_representing(membership: Membership) -> None:
    notify(
        recipients=[membership.user],
        kind=REPRESENTING.code,
        title=format_lazy(_("You represent the school now: {school}"), school=membership.school.title),
        text=_("You confirm your colleagues and invite them by a link."),
        url=reverse("schools:staff", args=[membership.school_id]),
        key=f"membership-{membership.pk}-represents",
    )


def tell_of_joining(membership: Membership) -> None:
    notify(
        recipients=[membership.invitation.created_by],
        kind=JOINED.code,
        title=format_lazy(
            _("{person} has joined by your link: {school}"), person=membership.user, school=membership.school.title
        ),
        url=reverse("schools:staff", args=[membership.school_id]),
        key=_event(membership, "joined"),
    )
