from django.contrib import messages
from django.contrib.auth.mixins import LoginRequiredMixin
from django.http import HttpResponse
from django.urls import reverse_lazy
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.generic import FormView

from notifications.forms import PreferencesForm
from notifications.services import choosing
from notifications.views.pages import RoomMixin


@method_decorator(never_cache, name="dispatch")
class SettingsView(LoginRequiredMixin, RoomMixin, FormView):
    """What of the notifications comes by mail, and how soon."""

    template_name = "notifications/settings.html"
    form_class = PreferencesForm
    success_url = reverse_lazy("notifications:settings")

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"person": self.request.user}

    def form_valid(self, form: PreferencesForm) -> HttpResponse:
        choosing.choose(person=self.request.user, choices=form.choices())
        messages.success(self.request, _("Saved."))
        return super().form_valid(form)
