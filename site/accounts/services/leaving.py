"""A person leaves the portal: the account and what it holds are erased at once, works stay."""

from django.db import transaction
from django.http import HttpRequest

from accounts.models import ConsentText, Erasure, User
from accounts.services.consents import NoSuchConsent, has_consent, person_mark, withdraw_consent
from accounts.signals import person_leaving


class KeptBySuperusers(Exception):  # noqa: N818 - named by what happened
    """A superuser's account is not erased by themselves: somebody else must hold the powers first."""


def may_keep_name(user: User) -> bool:
    """Published works may go on naming a person who left only while the consent to it holds."""
    return has_consent(user, ConsentText.Kind.DISTRIBUTION)


@transaction.atomic
def leave(*, user: User, keep_name: bool, request: HttpRequest) -> Erasure:
    """Erases the account: name, address, memberships, second step. The log of consents stays without the person.

    Modules above hear of it first (`person_leaving`) and hand over or let go of what is theirs. Without a standing
    consent to distribution the name goes off the works whatever `keep_name` says.

    Raises:
        KeptBySuperusers: the person is a superuser.
    """
    if user.is_superuser:
        raise KeptBySuperusers(user)
    User.objects.select_for_update(no_key=True).get(pk=user.pk)
    keep_name = keep_name and may_keep_name(user)
    for kind in [ConsentText.Kind.PROCESSING] + [ConsentText.Kind.DISTRIBUTION] * (not keep_name):
        try:
            withdraw_consent(user=user, kind=kind, request=request)
        except NoSuchConsent:
            continue
    line = Erasure.objects.create(person_mark=person_mark(user.email), kept_name=keep_name)
    person_leaving.send(User, user=user, keep_name=keep_name)
    User.objects.get(pk=user.pk).delete()
    return line
