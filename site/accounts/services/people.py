"""Bringing people in and changing by what address they come in."""

from allauth.account import app_settings
from allauth.account.adapter import get_adapter
from allauth.account.utils import user_pk_to_url_str
from django.db import transaction
from django.http import HttpRequest

from accounts.models import User


@transaction.atomic
def change_address(*, user: User, email: str) -> None:
    """Moves the person to another address by the coordinator's word; the old one and any pending change go."""
    user.emailaddress_set.all().delete()
    user.email = email.strip().lower()
    user.save(update_fields=["email"])
    user.emailaddress_set.create(email=user.email, primary=True, verified=True)


def invite(*, user: User, request: HttpRequest) -> None:
    """Sends the letter by which a person made by the coordinator sets a password and comes in."""
    adapter = get_adapter(request)
    key = f"{user_pk_to_url_str(user)}-{app_settings.PASSWORD_RESET_TOKEN_GENERATOR().make_token(user)}"
    adapter.send_mail(
        "account/email/invitation",
        user.email,
        {"user": user, "password_set_url": adapter.get_reset_password_from_key_url(key)},
    )
