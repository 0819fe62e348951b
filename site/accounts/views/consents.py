from django.contrib import messages
from django.contrib.auth.mixins import LoginRequiredMixin
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.generic import TemplateView

from accounts.models import Consent, ConsentText
from accounts.services import consents


@method_decorator(never_cache, name="dispatch")
class ConsentsView(LoginRequiredMixin, TemplateView):
    """Own consents: what they say, what was given when; each may be given and taken back here."""

    template_name = "accounts/consents.html"

    def get_context_data(self, **kwargs):
        return super().get_context_data(
            consents=[self.state_of(kind) for kind in ConsentText.Kind],
            log=Consent.objects.filter(user=self.request.user).select_related("text"),
            **kwargs,
        )

    def state_of(self, kind: ConsentText.Kind) -> dict:
        """Of one kind: whether it is given, to which text, and the text in force if that is another one."""
        last = Consent.objects.latest_of(self.request.user, kind)
        in_force = ConsentText.objects.in_force(kind)
        given = last if last and last.action == Consent.Action.GIVEN else None
        return {
            "kind": kind,
            "given": given,
            "withdrawn": last if last and not given else None,
            "text": given.text if given else in_force,
            "newer": in_force if given and in_force != given.text else None,
        }

    def post(self, request: HttpRequest) -> HttpResponse:
        if "withdraw" in request.POST:
            return self.withdraw(request)
        return self.give(request)

    def give(self, request: HttpRequest) -> HttpResponse:
        try:
            text = ConsentText.objects.get(pk=request.POST.get("give"))
        except (ConsentText.DoesNotExist, ValueError) as error:
            raise Http404 from error
        try:
            consents.give_consent(user=request.user, text=text, request=request)
        except consents.TextNotInForce:
            messages.error(request, _("The text has changed meanwhile. Read the new one, please."))
        else:
            messages.success(request, _("Consent recorded."))
        return redirect("accounts:consents")

    def withdraw(self, request: HttpRequest) -> HttpResponse:
        """Without a consent to processing there is no account: taking it back is to delete the account."""
        if request.POST["withdraw"] == ConsentText.Kind.PROCESSING:
            return redirect("accounts:delete")
        try:
            consents.withdraw_consent(user=request.user, kind=request.POST["withdraw"], request=request)
        except consents.NoSuchConsent:
            messages.info(request, _("There was no consent to withdraw."))
        else:
            messages.success(request, _("Consent withdrawn."))
        return redirect("accounts:consents")
