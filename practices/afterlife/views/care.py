"""What authors and the coordinator do with a published practice: corrections, withdrawal, bringing back."""

from django.contrib import messages
from django.contrib.auth.mixins import LoginRequiredMixin
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.decorators import method_decorator
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.views import View
from django.views.decorators.cache import never_cache
from django.views.generic import FormView

from practices.afterlife import corrections, withdrawal
from practices.afterlife.adoptions import NotPublished
from practices.afterlife.forms import CorrectionForm, WithdrawalForm
from practices.models import Adoption, PracticePage, Withdrawal


class OnePractice(LoginRequiredMixin):
    """Of a practice by its number: `permission` on it, or it is not found."""

    permission = "practices.look_after"

    @cached_property
    def practice(self) -> PracticePage:
        found = get_object_or_404(PracticePage, pk=self.kwargs["practice_id"])
        if not self.request.user.has_perm(self.permission, found):
            raise Http404
        return found

    @cached_property
    def withdrawal(self) -> Withdrawal | None:
        return Withdrawal.objects.filter(practice=self.practice).select_related("by").first()

    def get_context_data(self, **kwargs):
        return super().get_context_data(practice=self.practice, withdrawal=self.withdrawal, **kwargs)


@method_decorator(never_cache, name="dispatch")
class LookAfterView(OnePractice, FormView):
    """The author's page of a practice that is, or was, public."""

    template_name = "practices/afterlife/look_after.html"
    form_class = CorrectionForm

    def dispatch(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        if request.user.is_authenticated and not self.practice.live and not self.withdrawal:
            raise Http404
        return super().dispatch(request, *args, **kwargs)

    def form_valid(self, form: CorrectionForm) -> HttpResponse:
        try:
            corrections.note(practice=self.practice, author=self.request.user, text=form.cleaned_data["text"])
        except NotPublished as error:
            raise Http404 from error
        messages.success(self.request, _("The note stands on the practice's page."))
        return redirect("afterlife:look_after", self.practice.pk)

    def post(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        if "remove" in request.POST:
            corrections.remove(practice=self.practice, number=request.POST["remove"])
            return redirect("afterlife:look_after", self.practice.pk)
        return super().post(request, *args, **kwargs)

    def get_context_data(self, **kwargs):
        reports = Adoption.objects.shown().filter(practice=self.practice).select_related("teacher", "school")
        return super().get_context_data(
            reports=list(reports[:50]),
            corrections=self.practice.corrections.all(),
            may_bring_back=self.request.user.has_perm("practices.bring_back", self.practice),
            **kwargs,
        )


@method_decorator(never_cache, name="dispatch")
class WithdrawView(OnePractice, FormView):
    """Taking a practice back: what it means is said before."""

    template_name = "practices/afterlife/withdraw.html"
    form_class = WithdrawalForm

    def dispatch(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        if request.user.is_authenticated and not self.practice.live:
            if not self.withdrawal:
                raise Http404
            # Withdrawn meanwhile, perhaps by the first of two presses.
            return redirect("afterlife:look_after", self.practice.pk)
        return super().dispatch(request, *args, **kwargs)

    def form_valid(self, form: WithdrawalForm) -> HttpResponse:
        try:
            withdrawal.withdraw(practice=self.practice, by=self.request.user, reason=form.cleaned_data["reason"])
        except NotPublished:
            return redirect("afterlife:look_after", self.practice.pk)
        messages.success(self.request, _("The practice is withdrawn."))
        return redirect("afterlife:look_after", self.practice.pk)


@method_decorator(never_cache, name="dispatch")
class BringBackView(OnePractice, View):
    """The coordinator's button: public again."""

    permission = "practices.bring_back"
    http_method_names = ["post"]

    def post(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        try:
            withdrawal.bring_back(practice=self.practice, by=request.user)
        except Withdrawal.DoesNotExist:
            messages.info(request, _("The practice is not withdrawn."))
        else:
            messages.success(request, _("The practice is public again."))
        return redirect("afterlife:look_after", self.practice.pk)
