from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from core.appearance import COOKIE

A_YEAR = 365 * 24 * 60 * 60


@csrf_exempt
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def appearance(request: HttpRequest) -> HttpResponse:
    """Remembers how the reader wants the portal to look and in which language, then goes back.

    Known values of the address or the form are taken, all else is ignored; with none of them it is a page
    on which to choose. It has no CSRF token, since pages for anonymous readers are cached and carry none:
    the worst that a stranger's form could do here is to turn a page dark.
    """
    wishes = request.POST if request.method == "POST" else request.GET
    back = safe_address(request, wishes.get("next", ""))
    language = known_language(wishes)
    wished = request.appearance.changed(wishes.dict())
    if language is None and wished is None:
        return render(request, "core/appearance.html", {"next": back})

    response = HttpResponseRedirect(back)
    if wished is not None:
        remember(response, request, COOKIE, wished.cookie)
    if language is not None:
        remember(response, request, settings.LANGUAGE_COOKIE_NAME, language)
    return response


def safe_address(request: HttpRequest, address: str) -> str:
    """Where to go back to: a page of this portal, or its front door for anything else."""
    allowed = url_has_allowed_host_and_scheme(
        address, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return address if allowed else "/"


def known_language(wishes: QueryDict) -> str | None:
    language = wishes.get("language")
    return language if language in dict(settings.LANGUAGES) else None


def remember(response: HttpResponse, request: HttpRequest, cookie: str, value: str) -> None:
    """Sets the cookie, readable by scripts since `portal.js` changes the look at once; an empty one is dropped."""
    if value:
        response.set_cookie(cookie, value, max_age=A_YEAR, secure=request.is_secure(), samesite="Lax")
    else:
        response.delete_cookie(cookie, samesite="Lax")
