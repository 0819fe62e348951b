"""Erasing one's own account: what stays is said first, and the person shows once more that it is they."""

from allauth.account.adapter import get_adapter
from allauth.account.decorators import reauthentication_required
from django.contrib.auth.mixins import LoginRequiredMixin
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse_lazy
from django.utils.decorators import method_decorator
from django.views.decorators.cache import never_cache
from django.views.generic import FormView, TemplateView

from accounts.forms.leaving import LeavingForm
from accounts.services.leaving import leave, may_keep_name


@method_decorator(
    [never_cache, reauthentication_required(enabled=lambda request: request.user.is_authenticated)], "dispatch"
)
class DeleteView(LoginRequiredMixin, FormView):
    template_name = "accounts/delete.html"
    form_class = LeavingForm
    success_url = reverse_lazy("accounts:deleted")

    def get_form_kwargs(self) -> dict:
        return {**super().get_form_kwargs(), "may_keep_name": may_keep_name(self.request.user)}

    def post(self, request, *args, **kwargs) -> HttpResponse:
        if request.user.is_superuser:
            return redirect("accounts:delete")
        return super().post(request, *args, **kwargs)

    def form_valid(self, form: LeavingForm) -> HttpResponse:
        leave(user=self.request.user, keep_name=form.keep_name, request=self.request)
        get_adapter().logout(self.request)
        return super().form_valid(form)


class DeletedView(TemplateView):
    template_name = "accounts/deleted.html"
