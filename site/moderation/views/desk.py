"""The coordinator's desk: the queue of complaints and one of them."""

from django.contrib import messages
from django.contrib.auth.mixins import PermissionRequiredMixin
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.generic import TemplateView

from core.pager import pager_of
from moderation import queue, registry, services
from moderation.forms import DecisionForm, QueueForm, WhyForm
from moderation.models import Complaint, ModerationAction

ON_A_PAGE = 30


@method_decorator(never_cache, name="dispatch")
class CoordinatorMixin(PermissionRequiredMixin):
    permission_required = "moderation.decide"

    def handle_no_permission(self) -> HttpResponseRedirect:
        self.raise_exception = self.request.user.is_authenticated
        return super().handle_no_permission()


class QueueView(CoordinatorMixin, TemplateView):
    template_name = "moderation/queue.html"

    def get_context_data(self, **kwargs) -> dict:
        form = QueueForm(self.request.GET)
        wishes = form.wishes()
        page = Paginator(queue.objects(**wishes), ON_A_PAGE).get_page(self.request.GET.get("page"))
        return super().get_context_data(
            form=form,
            is_filtered=bool(wishes),
            lines=queue.lines(page),
            total=page.paginator.count,
            pager=pager_of(page, self.request.GET),
            **kwargs,
        )


class ComplaintView(CoordinatorMixin, TemplateView):
    """A complaint with all others about the same object, what was done about it, and what may be done."""

    template_name = "moderation/complaint.html"

    def dispatch(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        if self.has_permission():
            complaints = Complaint.objects.select_related("content_type")
            self.complaint = get_object_or_404(complaints, pk=kwargs["pk"])
        return super().dispatch(request, *args, **kwargs)

    def get_context_data(self, **kwargs) -> dict:
        complaint = self.complaint
        known, obj = registry.of(complaint.content_type.model_class()), complaint.obj
        present = known is not None and obj is not None
        complaints = list(Complaint.objects.beside(complaint).select_related("complainer", "decided_by"))
        context = {
            "complaint": complaint,
            "complaints": complaints,
            "is_open": any(each.is_open for each in complaints),
            "log": ModerationAction.objects.beside(complaint).select_related("by"),
            "kind": known.name if known else "",
            "is_present": present,
            "object_title": known.title(obj) if present else complaint.object_title,
            "object_url": known.url(obj) if present else "",
            "owners": known.owners(obj) if present else [],
            "is_hidden": ModerationAction.objects.hides(complaint),
            "decision": DecisionForm(complaint=complaint),
            "why": WhyForm(),
        }
        return super().get_context_data(**{**context, **kwargs})


class DecideView(ComplaintView):
    http_method_names = ["post"]

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        form = DecisionForm(request.POST, complaint=self.complaint)
        if not form.is_valid():
            return self.render_to_response(self.get_context_data(decision=form, form=form))
        data = form.cleaned_data
        try:
            services.decide(complaints=data["complaints"], state=data["state"], answer=data["answer"], by=request.user)
        except services.AlreadyDecided:
            messages.info(request, _("This was decided before. Nothing is sent a second time."))
        else:
            messages.success(request, _("Decided. Those who complained will get the answer."))
        return redirect(self.complaint)


class VisibilityView(ComplaintView):
    """The object is hidden from readers or shown again, as the module that it is of does it."""

    http_method_names = ["post"]
    do = done = None

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        form = WhyForm(request.POST)
        if not form.is_valid():
            return self.render_to_response(self.get_context_data(why=form, form=form))
        try:
            type(self).do(complaint=self.complaint, by=request.user, reason=form.cleaned_data["reason"])
        except services.NothingToChange:
            messages.info(
                request, _("Nothing is changed: it was done before, or its author has taken it back, or it is gone.")
            )
        else:
            messages.success(request, self.done)
        return redirect(self.complaint)


class HideView(VisibilityView):
    do = services.hide
    done = gettext_lazy("Hidden: readers see it no more.")


class RestoreView(VisibilityView):
    do = services.restore
    done = gettext_lazy("Shown again.")
