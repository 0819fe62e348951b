"""«Что ждёт меня»: everything on the portal that stands still until this person does something."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import User
from accounts.permissions import is_coordinator
from cabinet.mine import Row, reports_to
from moderation.models import Complaint
from notifications.models import Letter
from practices.afterlife import drafts
from practices.models import CoauthorInvitation, Review, Round
from practices.review.lists import waiting_for
from practices.stages import Code
from schools.models import Membership

#: Named one by one up to so many of a kind; the rest is behind «all».
NAMED = 10


@dataclass(frozen=True)
class Awaiting:
    """One thing to do: what, where, and by when if there is a day for it."""

    title: str
    url: str
    about: str = ""
    due: datetime | None = None

    @property
    def is_late(self) -> bool:
        return self.due is not None and self.due < timezone.now()


def awaits(user: User, mine: list[Row]) -> list[Awaiting]:
    """The most pressing first: what has a due date, then what came back, then what colleagues wait for."""
    return [
        *reviews(user),
        *returned(mine),
        *invitations(user),
        *answers(user),
        *requests(user),
        *(coordination() if is_coordinator(user) else ()),
    ]


def reviews(user: User) -> Iterator[Awaiting]:
    for review in waiting_for(user)[:NAMED]:
        url = reverse("review:read", args=[review.pk])
        yield Awaiting(_("Review a practice"), url, review.round.practice.draft_title, review.due_at)


def returned(mine: list[Row]) -> Iterator[Awaiting]:
    for row in mine:
        if row.stage.code == Code.RETURNED:
            yield Awaiting(row.stage.title, row.stage.url, row.title)


def invitations(user: User) -> Iterator[Awaiting]:
    """To be a co-author, sent to any address of theirs that is confirmed."""
    addresses = user.emailaddress_set.filter(verified=True).values("email")
    sent = CoauthorInvitation.objects.filter(state=CoauthorInvitation.State.SENT, email__in=addresses)
    for invitation in sent.select_related("submission__practice")[:NAMED]:
        url = reverse("authoring:invitation", args=[invitation.code])
        yield Awaiting(_("You are invited as a co-author"), url, invitation.submission.practice.draft_title)


def answers(user: User) -> Iterator[Awaiting]:
    count = reports_to(user).filter(answer="").exclude(teacher=None).count()
    if count:
        text = ngettext("%(count)s report waits for your answer", "%(count)s reports wait for your answer", count)
        yield Awaiting(text % {"count": count}, reverse("cabinet:lessons"))


def requests(user: User) -> Iterator[Awaiting]:
    """People who ask to be let into a school that this person looks after."""
    count = Membership.objects.waiting().within_reach(user).count()
    if count:
        text = ngettext("%(count)s teacher asks to join", "%(count)s teachers ask to join", count)
        yield Awaiting(text % {"count": count}, reverse("schools:queue"))


def coordination() -> Iterator[Awaiting]:
    """What only the coordinator can settle."""
    stuck = Round.objects.open().exclude(reviews__state=Review.State.ASKED).count()
    if stuck:
        text = ngettext("%(count)s practice has no expert", "%(count)s practices have no expert", stuck)
        yield Awaiting(text % {"count": stuck}, reverse("review:queue"))
    complaints = Complaint.objects.open().count()
    if complaints:
        text = ngettext("%(count)s complaint is open", "%(count)s complaints are open", complaints)
        yield Awaiting(text % {"count": complaints}, reverse("moderation:queue"))
    orphans = drafts.orphaned().count()
    if orphans:
        text = ngettext("%(count)s draft is without an author", "%(count)s drafts are without an author", orphans)
        yield Awaiting(text % {"count": orphans}, reverse("cabinet:drafts"))
    letters = Letter.objects.troubled().count()
    if letters:
        text = ngettext("%(count)s letter was not delivered", "%(count)s letters were not delivered", letters)
        yield Awaiting(text % {"count": letters}, reverse("notifications:letters"))
