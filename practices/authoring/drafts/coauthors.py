"""Colleagues who write together: invited by e-mail, authors only by their own word."""

import secrets
from datetime import datetime, timedelta

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from wagtail.models import Revision

from accounts.models import ConsentText, User
from accounts.services.consents import has_consent
from notifications.models import Letter, Notification
from notifications.services import notify, send_letter
from practices.afterlife.names import names_changed
from practices.authoring.drafts.writing import locked, locked_submission, write
from practices.authoring.reading import draft_of, is_under_review
from practices.models import CoauthorInvitation, PracticeAuthor, PracticePage

State = CoauthorInvitation.State
#: The kind of the notification, and what its key begins with.
INVITED, KEY = "practices.coauthor_invited", "coauthor-"
#: Invitations that one person may send in a day: letters to strangers are no toy.
A_DAY = 20
#: No second letter about one practice to one address sooner.
BETWEEN_LETTERS = timedelta(days=1)
#: Letters about any practices to one address in a day: whoever throws drafts away throws their invitations away.
TO_ONE_A_DAY = 3


class InvitationRefused(Exception):  # noqa: N818 - named by what happened
    """The invitation cannot be sent; its words are for the person who sends it."""


class AlreadyAuthor(InvitationRefused):
    """This colleague writes it already."""


class InvitationClosed(Exception):  # noqa: N818
    """It was taken back or answered by somebody else."""


class NoConsent(Exception):  # noqa: N818
    """Nobody's name is published without their consent to distribution."""


class NotWhileUnderReview(Exception):  # noqa: N818
    """The experts were chosen for the authors as they are: the answer waits for their decision."""


@transaction.atomic
def invite_coauthor(*, practice: PracticePage, by: User, email: str) -> CoauthorInvitation:
    """Ask a colleague to be named as co-author. Asking twice is asking once.

    Raises:
        AlreadyAuthor, InvitationRefused: with the reason in words.
    """
    practice = locked(practice)
    submission = locked_submission(practice, by)
    submission.save()
    email = email.strip().lower()
    refuse_writer(practice, by, email)
    former = submission.invitations.filter(email=email).first()
    if former and former.state == State.SENT:
        return former
    refuse_flood(former, by, email)
    if former:
        # Nobody answered the new one yet, and the former link stays closed.
        former.delete()
    code = secrets.token_urlsafe(32)
    invitation = CoauthorInvitation.objects.create(submission=submission, email=email, code=code, invited_by=by)
    tell_invited(invitation, practice, by)
    return invitation


def refuse_writer(practice: PracticePage, by: User, email: str) -> None:
    writers = {author.user.email for author in draft_of(practice).authors.all() if author.user}
    if email in writers or email == by.email:
        raise AlreadyAuthor(_("This colleague writes it already."))


def refuse_flood(former: CoauthorInvitation | None, by: User, email: str) -> None:
    """Letters go to who did not ask for them: neither many at once, nor another one on the heels of the first."""
    yesterday = timezone.now() - BETWEEN_LETTERS
    if former and former.state == State.DECLINED:
        raise InvitationRefused(_("This colleague has declined. Take the invitation back first, then invite anew."))
    if former and former.state != State.TAKEN_BACK:
        raise InvitationRefused(_("This colleague has answered already."))
    if (former and former.created_at > yesterday) or told_since(yesterday, email) >= TO_ONE_A_DAY:
        raise InvitationRefused(_("A letter went to this address less than a day ago: invite again tomorrow."))
    if CoauthorInvitation.objects.filter(invited_by=by, created_at__gt=yesterday).count() >= A_DAY:
        raise InvitationRefused(_("You have invited many colleagues today: go on tomorrow."))


def told_since(since: datetime, email: str) -> int:
    """Invitations that have gone to this address, whether their drafts are still there or not."""
    letters = Letter.objects.filter(to=email, key__contains=KEY, created_at__gt=since)
    told = Notification.objects.filter(recipient__email=email, kind=INVITED, created_at__gt=since)
    return letters.filter(recipient=None).count() + told.count()


def tell_invited(invitation: CoauthorInvitation, practice: PracticePage, by: User) -> None:
    title = format_lazy(_("{name} invites you to be a co-author"), name=by.get_full_name())
    text = format_lazy(
        _("The practice is called «{title}». Open the invitation to read it and to agree or decline."),
        title=draft_of(practice).title,
    )
    path, key = reverse("authoring:invitation", args=[invitation.code]), f"{KEY}{invitation.code}"
    person = User.objects.filter(email=invitation.email, is_active=True).first()
    if person:
        notify(recipients=[person], kind=INVITED, title=title, text=text, url=path, key=key)
    else:
        send_letter(to=invitation.email, title=title, text=text, url=path, key=key)


@transaction.atomic
def take_back_invitation(*, invitation: CoauthorInvitation) -> None:
    """The link in the letter works no more, and who declined may be asked anew. Who agreed stays an author."""
    invitation = CoauthorInvitation.objects.select_for_update().get(pk=invitation.pk)
    if invitation.state in {State.SENT, State.DECLINED}:
        invitation.state = State.TAKEN_BACK
        invitation.save(update_fields=["state"])


def open_invitation(code: str, user: User) -> CoauthorInvitation:
    """The invitation, held, if this person may answer it, or has agreed to it.

    Who declined or left waits for another one.

    Raises:
        InvitationClosed: otherwise.
    """
    invitation = CoauthorInvitation.objects.select_for_update().filter(code=code).first()
    has_agreed = invitation and invitation.state == State.ACCEPTED and invitation.answered_by_id == user.pk
    if invitation is None or not (invitation.state == State.SENT or has_agreed):
        raise InvitationClosed(code)
    return invitation


@transaction.atomic
def accept_invitation(*, code: str, user: User) -> CoauthorInvitation:
    """The person becomes an author of the draft and may write it. A second click changes nothing.

    Raises:
        InvitationClosed, NoConsent, NotWhileUnderReview.
    """
    found = CoauthorInvitation.objects.select_related("submission__practice").filter(code=code).first()
    if found is None:
        raise InvitationClosed(code)
    practice = locked(found.submission.practice)
    invitation = open_invitation(code, user)
    if invitation.state == State.ACCEPTED:
        return invitation
    if not has_consent(user, ConsentText.Kind.DISTRIBUTION):
        raise NoConsent(user)
    if is_under_review(practice):
        raise NotWhileUnderReview(practice)
    change_authors(practice, user, add=True)
    answer(invitation, user, State.ACCEPTED)
    return invitation


@transaction.atomic
def decline_invitation(*, code: str, user: User) -> CoauthorInvitation:
    """Raises InvitationClosed."""
    invitation = open_invitation(code, user)
    if invitation.state == State.SENT:
        answer(invitation, user, State.DECLINED)
    return invitation


def answer(invitation: CoauthorInvitation, user: User, state: str) -> None:
    invitation.state, invitation.answered_by, invitation.answered_at = state, user, timezone.now()
    invitation.save(update_fields=["state", "answered_by", "answered_at"])
    words = {
        State.ACCEPTED: _("{name} has agreed to be a co-author"),
        State.DECLINED: _("{name} has declined to be a co-author"),
    }
    practice = invitation.submission.practice
    notify(
        recipients=filter(None, [invitation.submission.author]),
        kind="practices.coauthor_answered",
        title=format_lazy(words[state], name=user.get_full_name()),
        text=draft_of(practice).title,
        url=reverse("authoring:edit", args=[practice.pk]),
        key=f"coauthor-answer-{invitation.pk}-{state}-{invitation.answered_at.isoformat()}",
    )


@transaction.atomic
def leave(*, practice: PracticePage, user: User) -> None:
    """A co-author's name goes from the draft and from all that was or is public, and with it the right to write.

    The one who answers for it stays.

    Raises:
        NotWhileUnderReview.
    """
    practice = locked(practice)
    if is_under_review(practice):
        raise NotWhileUnderReview(practice)
    submission = locked_submission(practice, user)
    if submission.author_id == user.pk:
        return
    change_authors(practice, user, add=False)
    take_off_public(practice, user)
    for invitation in submission.invitations.filter(answered_by=user, state=State.ACCEPTED):
        answer(invitation, user, State.DECLINED)


def take_off_public(practice: PracticePage, user: User) -> None:
    """Past review, since it is the person's own word; no former edition put back makes them an author again."""
    kept = Revision.objects.for_instance(practice).filter(content__authors__contains=[{"user": user.pk}])
    for revision in kept:
        revision.content["authors"] = [row for row in revision.content["authors"] if row.get("user") != user.pk]
    Revision.objects.bulk_update(kept, ["content"], batch_size=50)
    if PracticeAuthor.objects.filter(page=practice, user=user).delete()[0]:
        names_changed([practice.pk])


def change_authors(practice: PracticePage, user: User, *, add: bool) -> None:
    """A new revision with or without this author. Its number stays: no text of the other writers is outdated by it."""
    submission = locked_submission(practice, user)
    draft = draft_of(practice)
    others = [author for author in draft.authors.all() if author.user_id != user.pk]
    added = [PracticeAuthor(user=user, name=user.get_full_name(), sort_order=len(others))] if add else []
    for order, author in enumerate(others):
        author.sort_order = order
    draft.authors.set([*others, *added])
    submission.revision = write(draft, user)
    submission.save()
