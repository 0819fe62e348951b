"""What the author's pages share: who may come in, and answers for scripts."""

import uuid

from django.contrib import messages
from django.contrib.auth.mixins import LoginRequiredMixin
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.utils.decorators import method_decorator
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.views import View
from django.views.decorators.cache import never_cache

from accounts.models import ConsentText
from accounts.services.consents import TextNotInForce, give_consent
from practices.authoring import drafts
from practices.models import PracticePage


def wants_json(request: HttpRequest) -> bool:
    """A script asks, not a browser for its reader."""
    return "application/json" in request.headers.get("Accept", "")


@method_decorator(never_cache, name="dispatch")
class AuthorView(LoginRequiredMixin, View):
    """A page for a signed-in person; a script is told in its own language that nobody is signed in."""

    def dispatch(self, request, *args, **kwargs):
        try:
            return super().dispatch(request, *args, **kwargs)
        except drafts.TooManyDrafts:
            return self.refuse(_("You have very many drafts: delete what you do not need first."))

    def handle_no_permission(self):
        if wants_json(self.request):
            return JsonResponse({"message": _("Sign in again: you were signed out.")}, status=401)
        return super().handle_no_permission()

    def origin(self) -> uuid.UUID | None:
        """The form that was sent, by the number it was shown with: the same one twice is a double click."""
        try:
            return uuid.UUID(self.request.POST.get("origin", ""))
        except ValueError:
            return None

    def refuse(self, words: str) -> HttpResponse:
        if wants_json(self.request):
            return JsonResponse({"message": words}, status=422)
        messages.error(self.request, words)
        return redirect("authoring:start")


class PracticeView(AuthorView):
    """A page about one practice: to all but those with the permission there is no such practice."""

    permission = "practices.write_practice"

    @cached_property
    def practice(self) -> PracticePage:
        practice = PracticePage.objects.filter(pk=self.kwargs["pk"]).first()
        if practice is None or not self.request.user.has_perm(self.permission, practice):
            raise Http404
        return practice

    def dispatch(self, request, *args, **kwargs):
        if request.user.is_authenticated:
            self.practice  # noqa: B018 - asked before anything is done
        return super().dispatch(request, *args, **kwargs)


def agreed_to_shown_text(request: HttpRequest) -> bool:
    """Record the consent to distribution whose text the form showed; another one in force by now is not agreed to."""
    text = ConsentText.objects.in_force(ConsentText.Kind.DISTRIBUTION)
    if text is None or str(text.pk) != request.POST.get("consent_text"):
        return False
    try:
        give_consent(user=request.user, text=text, request=request)
    except TextNotInForce:
        return False
    return True
