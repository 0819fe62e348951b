"""Those who have power come in by two steps: until they do, no other page opens to them."""

from collections.abc import Callable

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseForbidden
from django.shortcuts import redirect
from django.utils.cache import add_never_cache_headers

from accounts.models import User

#: Beside the pages of the second step (`mfa_…`): showing that it is they, confirming the address, reading at ease,
#: going away.
OPEN = {
    "account_logout",
    "account_reauthenticate",
    "account_email",
    "account_confirm_email",
    "account_email_verification_sent",
    "appearance",
}
STEPS = [Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN]


def lacks_second_step(user: User) -> bool:
    """Whether this person must set up a second step and has not; `MFA_REQUIRED_ROLES` says who must.

    «superuser» stands there beside the codes of the roles. One query, none where nobody must.
    """
    required = set(settings.MFA_REQUIRED_ROLES)
    if not required or not user.is_authenticated:
        return False
    without = User.objects.exclude(authenticator__type__in=STEPS).filter(pk=user.pk)
    if not (user.is_superuser and "superuser" in required):
        without = without.filter(groups__name__in=required)
    return without.exists()


class SecondStepMiddleware:
    """Leads to the page of the second step those who must have one; what scripts ask for is refused."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.second_step_is_due = lacks_second_step(request.user)
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Callable, args: tuple, kwargs: dict) -> HttpResponse | None:
        name = request.resolver_match.url_name or ""
        if not request.second_step_is_due or name in OPEN or name.startswith("mfa_"):
            return None
        page = request.headers.get("Sec-Fetch-Mode", "navigate") == "navigate"
        response = redirect("mfa_index") if page else HttpResponseForbidden()
        add_never_cache_headers(response)
        return response
