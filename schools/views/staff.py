"""What the coordinator and the representatives do: answer requests, invite, say who represents."""

from functools import cached_property

from django.contrib import messages
from django.contrib.auth.mixins import LoginRequiredMixin, PermissionRequiredMixin
from django.core.paginator import Paginator
from django.db.models import Count, Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.generic import TemplateView

from core.pager import pager_of
from schools import services
from schools.forms import InvitationForm, RefusalForm, RepresentativesForm
from schools.models import Membership, SchoolInvitation, SchoolPage

PER_PAGE = 50


def ids_of(values: list[str]) -> list[int]:
    """What of a form's values can be an id."""
    return [int(value) for value in values if value.isascii() and value.isdecimal() and len(value) < 16]  # noqa: PLR2004


@method_decorator(never_cache, name="dispatch")
class QueueView(PermissionRequiredMixin, TemplateView):
    """Requests that wait, the oldest first: many confirmed at once, one declined with a reason."""

    permission_required = "schools.manage_staff"
    template_name = "schools/queue.html"

    def requests(self):
        return Membership.objects.waiting().within_reach(self.request.user).exclude(user=self.request.user)

    def get_context_data(self, **kwargs) -> dict:
        waiting = self.requests().select_related("user", "school").order_by("created_at", "pk")
        page = Paginator(waiting, PER_PAGE).get_page(self.request.GET.get("page"))
        return super().get_context_data(
            memberships=page.object_list, total=page.paginator.count, pager=pager_of(page, self.request.GET), **kwargs
        )

    def post(self, request: HttpRequest) -> HttpResponse:
        return self.decline() if "decline" in request.POST else self.confirm()

    def confirm(self) -> HttpResponse:
        chosen = Membership.objects.within_reach(self.request.user).filter(
            pk__in=ids_of(self.request.POST.getlist("membership"))
        )
        done = len(services.confirm(memberships=chosen.exclude(user=self.request.user), by=self.request.user))
        if done:
            text = ngettext("%(count)s person is confirmed.", "%(count)s people are confirmed.", done)
            messages.success(self.request, text % {"count": done})
        else:
            messages.info(self.request, _("Nobody was confirmed: tick the boxes of those who work at the school."))
        return redirect("schools:queue")

    def decline(self) -> HttpResponse:
        ids = ids_of([self.request.POST["decline"]])
        membership = get_object_or_404(Membership.objects.within_reach(self.request.user), pk__in=ids)
        form = RefusalForm({"reason": self.request.POST.get(f"reason-{membership.pk}")})
        if not form.is_valid():
            context = self.get_context_data(refused=membership.pk, refusal=form)
            return self.render_to_response(context)
        try:
            services.decline(membership=membership, by=self.request.user, **form.cleaned_data)
        except services.AlreadyMember:
            messages.info(self.request, _("Somebody has confirmed this person meanwhile."))
        else:
            messages.success(self.request, _("The request is declined, the person is told why."))
        return redirect("schools:queue")


@method_decorator(never_cache, name="dispatch")
class SchoolsView(PermissionRequiredMixin, TemplateView):
    """The schools that one looks after, with how many people each has."""

    permission_required = "schools.manage_staff"
    template_name = "schools/schools.html"

    def get_context_data(self, **kwargs) -> dict:
        members = Count("memberships", filter=Q(memberships__confirmed_at__isnull=False), distinct=True)
        own = SchoolPage.objects.within_reach(self.request.user).values("pk")
        schools = SchoolPage.objects.filter(pk__in=own).annotate(members_count=members)
        ordered = schools.order_by("district", "number", "title")
        return super().get_context_data(schools=ordered, **kwargs)


@method_decorator(never_cache, name="dispatch")
class StaffView(LoginRequiredMixin, TemplateView):
    """One school's people and its links; to those who do not look after it the page is not there."""

    template_name = "schools/staff.html"

    @cached_property
    def school(self) -> SchoolPage:
        return get_object_or_404(SchoolPage, pk=self.kwargs["pk"])

    def dispatch(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        if request.user.is_authenticated and not request.user.has_perm("schools.manage_staff", self.school):
            raise Http404
        return super().dispatch(request, *args, **kwargs)

    def get_context_data(self, **kwargs) -> dict:
        members = Membership.objects.confirmed().filter(school=self.school).select_related("user")
        page = Paginator(members.order_by("user__sort_key", "pk"), PER_PAGE).get_page(self.request.GET.get("page"))
        invitations = SchoolInvitation.objects.open().filter(school=self.school).select_related("created_by")
        return super().get_context_data(
            school=self.school,
            members=page.object_list,
            total=page.paginator.count,
            pager=pager_of(page, self.request.GET),
            invitations=invitations.annotate(joined_count=Count("joined")),
            form=kwargs.pop("form", None) or InvitationForm(),
            **kwargs,
        )

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        if "invite" in request.POST:
            return self.invite()
        if "revoke" in request.POST:
            return self.revoke()
        if "end" in request.POST:
            return self.end()
        return self.name_representatives()

    def invite(self) -> HttpResponse:
        form = InvitationForm(self.request.POST)
        if not form.is_valid():
            return self.render_to_response(self.get_context_data(form=form))
        services.invite_staff(school=self.school, by=self.request.user, **form.cleaned_data)
        messages.success(self.request, _("The link is made. Send it to your colleagues."))
        return redirect("schools:staff", self.school.pk)

    def revoke(self) -> HttpResponse:
        invitation = get_object_or_404(self.school.invitations, pk__in=ids_of([self.request.POST["revoke"]]))
        services.revoke_invitation(invitation=invitation, by=self.request.user)
        messages.success(self.request, _("The link no longer works."))
        return redirect("schools:staff", self.school.pk)

    def end(self) -> HttpResponse:
        memberships = Membership.objects.filter(school=self.school).select_related("user")
        membership = get_object_or_404(memberships, pk__in=ids_of([self.request.POST["end"]]))
        try:
            services.end_membership(membership=membership, by=self.request.user)
        except services.NotYours as error:
            raise Http404 from error
        text = _("%(name)s is no longer listed at the school; the person is told.")
        messages.success(self.request, text % {"name": membership.user})
        return redirect("schools:staff", self.school.pk)

    def name_representatives(self) -> HttpResponse:
        """Of the members on this page; those on other pages stay what they are."""
        if not self.request.user.has_perm("schools.name_representatives"):
            raise Http404
        shown = ids_of(self.request.POST.getlist("shown"))
        form = RepresentativesForm(self.request.POST, school=self.school)
        if not form.is_valid():
            raise Http404
        elsewhere = Membership.objects.filter(school=self.school, is_representative=True).exclude(pk__in=shown)
        chosen = [*form.cleaned_data["representatives"], *elsewhere]
        services.name_representatives(school=self.school, members=chosen, by=self.request.user)
        messages.success(self.request, _("Saved."))
        return redirect("schools:staff", self.school.pk)
