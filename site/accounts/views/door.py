"""The way into the admin: through the portal's own sign-in, with its limits, its second step and its letters."""

from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache


@never_cache
def admin_door(request: HttpRequest) -> HttpResponse:
    """Where the admin sends those whom it does not know: strangers sign in, others learn why they may not enter.

    Without the second half a teacher would be sent between the admin and the sign-in page for ever.
    """
    if request.user.is_authenticated:
        return render(request, "accounts/no_admin.html", status=403)
    return redirect_to_login(request.GET.get("next", ""), "account_login")


def admin_login(request: HttpRequest) -> HttpResponseRedirect:
    """Stands in the place of Wagtail's own sign-in page, which knows no limits and no second step."""
    target = request.GET.get("next", "")
    safe = url_has_allowed_host_and_scheme(target, {request.get_host()}, require_https=request.is_secure())
    return redirect(target if safe else "wagtailadmin_home")
