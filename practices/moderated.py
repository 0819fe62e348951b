"""Practices and reports of their reuse can be complained about: how moderators hide and restore them."""

from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from moderation.registry import Complainable, NothingToChange, register
from practices.afterlife import adoptions, people, withdrawal
from practices.afterlife.adoptions import NotPublished
from practices.models import Adoption, PracticePage, Withdrawal


def hide_practice(practice: PracticePage, by: User) -> None:
    try:
        withdrawal.take_off(practice, by)
    except NotPublished as error:
        raise NothingToChange(practice) from error


def restore_practice(practice: PracticePage, by: User) -> None:
    """What its author has withdrawn meanwhile is not for moderators to publish."""
    if Withdrawal.objects.filter(practice=practice).exists():
        raise NothingToChange(practice)
    withdrawal.put_back(practice, by)


def may_read(practice: PracticePage, user: User | AnonymousUser) -> bool:
    """Whether this reader may open the page; who opened it by a password shows that by the page alone."""
    if not practice.live:
        return False
    request = HttpRequest()
    request.user, request.session = user, {}
    return all(restriction.accept_request(request) for restriction in practice.get_view_restrictions())


PRACTICE = Complainable(
    model=PracticePage,
    name=_("practice"),
    title=lambda practice: practice.title,
    url=lambda practice: practice.get_url() or "/",
    owners=people.authors_of,
    hide=hide_practice,
    restore=restore_practice,
    visible_to=may_read,
)

ADOPTION = Complainable(
    model=Adoption,
    name=_("report “I tried it”"),
    title=lambda adoption: f"{adoption.practice.title}: {adoption.class_name}",
    url=lambda adoption: f"{adoption.practice.get_url()}used/#report-{adoption.pk}",
    owners=lambda adoption: [adoption.teacher] if adoption.teacher else [],
    hide=lambda adoption, _by: adoptions.hide(adoption=adoption),
    restore=lambda adoption, _by: adoptions.show(adoption=adoption),
    visible_to=lambda adoption, user: adoption.hidden_at is None and may_read(adoption.practice, user),
)


def register_all() -> None:
    register(PRACTICE)
    register(ADOPTION)
