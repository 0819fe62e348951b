"""How one comes to a school: by asking, or by a link of the whole staff."""

from django.contrib import messages
from django.contrib.auth.mixins import LoginRequiredMixin
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse, reverse_lazy
from django.utils.decorators import method_decorator
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.generic import FormView

from schools import services
from schools.forms import JoinForm, PositionForm
from schools.models import Membership


@method_decorator(never_cache, name="dispatch")
class JoinView(LoginRequiredMixin, FormView):
    """Choosing one's school; below it, what one has asked for already."""

    template_name = "schools/join.html"
    form_class = JoinForm
    success_url = reverse_lazy("accounts:index")

    def get_form_kwargs(self) -> dict:
        return {**super().get_form_kwargs(), "query": self.request.GET.get("q", "")[:100]}

    def get_initial(self) -> dict:
        return {"position": self.request.user.position}

    def get_context_data(self, **kwargs) -> dict:
        mine = Membership.objects.filter(user=self.request.user).select_related("school").order_by("-created_at")
        return super().get_context_data(memberships=mine, query=self.request.GET.get("q", "")[:100], **kwargs)

    def post(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        taken_back = request.POST.get("take_back", "")
        if taken_back.isascii() and taken_back.isdecimal():
            services.take_back(user=request.user, membership_id=int(taken_back[:15]))
            messages.success(request, _("The request is taken back."))
            return redirect("schools:join")
        return super().post(request, *args, **kwargs)

    def form_valid(self, form: JoinForm) -> HttpResponse:
        try:
            services.ask_to_join(user=self.request.user, **form.cleaned_data)
        except services.AlreadyMember:
            form.add_error("school", _("You are a member of this school already."))
            return self.form_invalid(form)
        except services.TooManyRequests:
            form.add_error("school", _("Three of your requests wait for an answer. Take one back first."))
            return self.form_invalid(form)
        messages.success(self.request, _("The request is sent. We shall write to you when it is answered."))
        return super().form_valid(form)


@method_decorator(never_cache, name="dispatch")
class InvitationView(FormView):
    """The page behind a school's link: whose it is, and a way in, be it through sign-up."""

    template_name = "schools/invitation.html"
    form_class = PositionForm
    success_url = reverse_lazy("accounts:index")

    def dispatch(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        try:
            self.invitation = services.standing_invitation(kwargs["code"])
        except services.InvitationClosed:
            return self.closed()
        return super().dispatch(request, *args, **kwargs)

    def closed(self) -> HttpResponse:
        return self.response_class(self.request, "schools/invitation_closed.html", status=404)

    def get_initial(self) -> dict:
        return {"position": getattr(self.request.user, "position", "")}

    def get_context_data(self, **kwargs) -> dict:
        back = urlencode({"next": self.request.path})
        member = self.request.user.is_authenticated and Membership.objects.confirmed().filter(
            user=self.request.user, school=self.invitation.school
        )
        return super().get_context_data(
            invitation=self.invitation,
            is_member=bool(member),
            signup_url=f"{reverse('account_signup')}?{back}",
            login_url=f"{reverse('account_login')}?{back}",
            **kwargs,
        )

    def post(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        if not request.user.is_authenticated:
            return redirect_to_login(request.path)
        return super().post(request, *args, **kwargs)

    def form_valid(self, form: PositionForm) -> HttpResponse:
        try:
            services.accept_invitation(
                user=self.request.user, code=self.invitation.code, position=form.cleaned_data["position"]
            )
        except services.InvitationClosed:
            return self.closed()
        messages.success(self.request, _("You are a member now: %(school)s") % {"school": self.invitation.school.title})
        return super().form_valid(form)
