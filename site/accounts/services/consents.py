"""Giving and taking back consents: each is a line of an append-only log."""

from django.db import transaction
from django.http import HttpRequest
from django.utils.crypto import salted_hmac

from accounts.models import Consent, ConsentText, User
from accounts.signals import consent_given, consent_withdrawn


class NoSuchConsent(Exception):  # noqa: N818 - named by what happened
    """The person has given no consent of this kind that could be taken back."""


class TextNotInForce(Exception):  # noqa: N818
    """A consent is given only to the words that are in force now, not to a draft or an outdated version."""


def person_mark(email: str) -> str:
    """A keyed hash of an address: finds the lines of one who names it, names nobody to one who reads them."""
    return salted_hmac("accounts.consent", email.lower(), algorithm="sha256").hexdigest()


def has_consent(user: User, kind: str) -> bool:
    """Whether this person agreed and has not taken it back, to whichever version."""
    last = Consent.objects.latest_of(user, kind)
    return last is not None and last.action == Consent.Action.GIVEN


def _record(user: User, text: ConsentText, action: str, request: HttpRequest) -> Consent:
    from allauth.account.adapter import get_adapter  # noqa: PLC0415 - the adapter needs the models first

    return Consent.objects.create(
        user=user,
        person_mark=person_mark(user.email),
        text=text,
        text_sha256=text.sha256,
        action=action,
        ip=get_adapter().get_client_ip(request),
    )


def _name_stands(user: User, stands: bool) -> None:
    """Whether strangers may read the name is asked on every page: it is kept on the person too."""
    user.name_withdrawn = not stands
    user.save(update_fields=["name_withdrawn"])


def _locked(user: User) -> User:
    """The person's row, held: of two clicks at once the second sees what the first has done."""
    return User.objects.select_for_update(no_key=True).get(pk=user.pk)


@transaction.atomic
def give_consent(*, user: User, text: ConsentText, request: HttpRequest) -> Consent:
    """A consent to these words, or the line of the same consent given before.

    Raises:
        TextNotInForce: another version is in force now.
    """
    held = _locked(user)
    if ConsentText.objects.in_force(text.kind) != text:
        raise TextNotInForce(text)
    last = Consent.objects.latest_of(held, text.kind)
    if last and last.action == Consent.Action.GIVEN and last.text_id == text.pk:
        return last
    line = _record(held, text, Consent.Action.GIVEN, request)
    if text.kind == ConsentText.Kind.DISTRIBUTION:
        _name_stands(user, True)
    consent_given.send(User, user=user, kind=text.kind)
    return line


@transaction.atomic
def withdraw_consent(*, user: User, kind: str, request: HttpRequest) -> Consent:
    """The consent of this kind is taken back, to the version to which it was given.

    Raises:
        NoSuchConsent: there is nothing to take back.
    """
    if kind not in ConsentText.Kind.values:
        raise NoSuchConsent(kind)
    held = _locked(user)
    last = Consent.objects.latest_of(held, kind)
    if last is None or last.action != Consent.Action.GIVEN:
        raise NoSuchConsent(kind)
    line = _record(held, last.text, Consent.Action.WITHDRAWN, request)
    if kind == ConsentText.Kind.DISTRIBUTION:
        _name_stands(user, False)
    consent_withdrawn.send(User, user=user, kind=kind)
    return line
