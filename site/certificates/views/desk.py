"""The coordinator's side of papers: all that were given, revoking one, giving it back."""

from collections.abc import Callable

from django.contrib import messages
from django.contrib.auth.mixins import PermissionRequiredMixin
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.generic import FormView, ListView

from certificates import desk, services
from certificates.forms import ReasonForm
from certificates.models import Certificate
from certificates.views.public import UnlistedMixin, get_certificate
from core.pager import pager_of


@method_decorator(never_cache, name="dispatch")
class CoordinatorMixin(UnlistedMixin, PermissionRequiredMixin):
    permission_required = "certificates.revoke"

    def handle_no_permission(self) -> HttpResponseRedirect:
        self.raise_exception = self.request.user.is_authenticated
        return super().handle_no_permission()


class ReasonView(CoordinatorMixin, FormView):
    """Something done to a paper for a reason, once, whoever presses twice."""

    form_class = ReasonForm
    template_name = "certificates/change.html"
    do: Callable
    heading = warning = done = too_late = ""
    is_dangerous = False

    def dispatch(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        if self.has_permission():
            self.certificate = get_certificate(kwargs["code"])
        return super().dispatch(request, *args, **kwargs)

    def get_context_data(self, **kwargs) -> dict:
        changes = self.certificate.changes.select_related("by")
        return super().get_context_data(certificate=self.certificate, changes=changes, **kwargs)

    def form_valid(self, form: ReasonForm) -> HttpResponse:
        try:
            type(self).do(certificate=self.certificate, by=self.request.user, reason=form.cleaned_data["reason"])
        except (services.AlreadyRevoked, services.NotRevoked):
            messages.info(self.request, self.too_late)
        else:
            messages.success(self.request, self.done)
        return redirect(self.certificate)


class RevokeView(ReasonView):
    do = services.revoke
    heading = gettext_lazy("Revoke the certificate")
    warning = gettext_lazy("Its page will say that it is revoked and why; the PDF will be given no more.")
    done = gettext_lazy("The certificate is revoked.")
    too_late = gettext_lazy("The certificate had been revoked before.")
    is_dangerous = True


class RestoreView(ReasonView):
    do = services.restore
    heading = gettext_lazy("Give the certificate back")
    warning = gettext_lazy("It will be valid again. The log keeps both decisions.")
    done = gettext_lazy("The certificate is valid again.")
    too_late = gettext_lazy("The certificate was valid already.")


class RegisterView(CoordinatorMixin, ListView):
    """Papers ever given, for the coordinator, by name or code; who reads the coordinator's own works is not told."""

    template_name = "certificates/register.html"
    paginate_by = 30

    def get_queryset(self) -> QuerySet[Certificate]:
        text = self.request.GET.get("q", "").strip()
        papers = desk.register_for(self.request.user)
        return (papers.found_by(text) if text else papers).order_by("-pk")

    def get_context_data(self, **kwargs) -> dict:
        context = super().get_context_data(q=self.request.GET.get("q", ""), **kwargs)
        return {**context, "pager": pager_of(context["page_obj"], self.request.GET), "title": _("Certificates given")}
