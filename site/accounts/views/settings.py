"""What a signed-in person sees and changes of themselves."""

from django.contrib.auth.mixins import LoginRequiredMixin
from django.contrib.messages.views import SuccessMessageMixin
from django.urls import reverse_lazy
from django.utils.decorators import method_decorator
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.generic import TemplateView, UpdateView

from accounts import roles
from accounts.forms.profile import ProfileForm
from accounts.models import ConsentText, User
from accounts.services.consents import has_consent
from core.sections import sections_of


@method_decorator(never_cache, name="dispatch")
class IndexView(LoginRequiredMixin, TemplateView):
    template_name = "accounts/index.html"

    def get_context_data(self, **kwargs):
        codes = sorted(self.request.user.role_codes & set(roles.RIGHTS))
        return super().get_context_data(
            roles=[roles.title(code) for code in codes],
            is_consent_due=not has_consent(self.request.user, ConsentText.Kind.PROCESSING),
            account_sections=sections_of("accounts.index", self.request.user, self.request),
            **kwargs,
        )


@method_decorator(never_cache, name="dispatch")
class ProfileView(LoginRequiredMixin, SuccessMessageMixin, UpdateView):
    template_name = "accounts/profile.html"
    form_class = ProfileForm
    success_url = reverse_lazy("accounts:profile")
    success_message = _("Saved.")
    context_object_name = "person"

    def get_object(self, queryset=None) -> User:
        """A copy of their own: a form that does not pass must not rename the person in the page's header."""
        return User.objects.get(pk=self.request.user.pk)
