"""The form behind every complaint button."""

from allauth.core import ratelimit
from django.contrib import messages
from django.db import models
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.generic import FormView

from moderation import registry, services
from moderation.forms import ComplaintForm
from moderation.models import Complaint


@method_decorator(never_cache, name="dispatch")
class ComplainView(FormView):
    """Anybody complains about what they can see; what they cannot see does not exist for them."""

    form_class = ComplaintForm
    template_name = "moderation/complain.html"

    def setup(self, request: HttpRequest, *args, **kwargs) -> None:
        super().setup(request, *args, **kwargs)
        self.known = registry.by_label(kwargs["label"])
        self.obj = self.found(kwargs["pk"])

    def found(self, pk: int) -> models.Model:
        obj = self.known and self.known.model._default_manager.filter(pk=pk).first()  # noqa: SLF001 - Django's word for it
        if not obj or not self.known.visible_to(obj, self.request.user):
            raise Http404
        return obj

    def get(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        earlier = Complaint.objects.by(request.user).about(self.obj).first()
        if earlier and earlier.is_open:
            return self.already(earlier)
        return self.render_to_response(self.get_context_data(earlier=earlier))

    def post(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        if not self.is_within_limits():
            return ratelimit.respond_429(request)
        return super().post(request, *args, **kwargs)

    def is_within_limits(self) -> bool:
        """Members are counted each by themselves: a whole school may sit behind one network address."""
        user = self.request.user
        if user.is_authenticated:
            return ratelimit.consume(self.request, action="complaint_of_member", user=user)
        return ratelimit.consume(self.request, action="complaint")

    def get_form_kwargs(self) -> dict:
        return {**super().get_form_kwargs(), "is_member": self.request.user.is_authenticated}

    def get_context_data(self, **kwargs) -> dict:
        url, title = self.known.url(self.obj), self.known.title(self.obj)
        return super().get_context_data(object_url=url, object_title=title, known=self.known, **kwargs)

    def form_valid(self, form: ComplaintForm) -> HttpResponse:
        data, user = form.cleaned_data, self.request.user
        if not form.is_trapped:
            try:
                services.complain(
                    obj=self.obj,
                    reason=data["reason"],
                    text=data["text"],
                    complainer=user if user.is_authenticated else None,
                    email=data.get("email", ""),
                )
            except services.AlreadyComplained:
                return self.already(Complaint.objects.by(user).about(self.obj).first())
        messages.success(self.request, self.thanks(data.get("email", "")))
        return redirect(self.known.url(self.obj))

    def thanks(self, email: str) -> str:
        if self.request.user.is_authenticated:
            return _("Thank you. The coordinator will read the complaint; the answer will come as a notification.")
        if email:
            return _("Thank you. The coordinator will read the complaint; the answer will come to %(email)s.") % {
                "email": email
            }
        return _("Thank you. The coordinator will read the complaint.")

    def already(self, complaint: Complaint) -> HttpResponse:
        context = self.get_context_data(form=None, complaint=complaint)
        return render(self.request, "moderation/already.html", context)
