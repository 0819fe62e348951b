"""The coordinator's plain list of people and their roles, and the log of what was changed."""

from dataclasses import dataclass
from functools import cached_property

from django.contrib import messages
from django.contrib.auth.mixins import PermissionRequiredMixin
from django.core.paginator import Paginator
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.decorators import method_decorator
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.generic import TemplateView

from accounts.models import RoleChange, User
from accounts.roles import Role
from accounts.services.roles import change_roles
from core.pager import pager_of

PER_PAGE = 50


@dataclass(frozen=True)
class Wish:
    """What the boxes of one person say against what they said when the page was shown."""

    person: User
    give: set[str]
    take: set[str]


def wishes(request: HttpRequest) -> list[Wish]:
    """What the form asks for: of the person whose button was pressed, or of all whom the page showed.

    Only what was changed on this page is asked for, so two coordinators at work at once do not undo each other.
    """
    shown = request.POST.getlist("save") or request.POST.getlist("person")
    ids = [pk for pk in shown if pk.isdecimal() and pk.isascii() and len(pk) < 16]  # noqa: PLR2004 - no longer id
    found = []
    for person in User.objects.filter(pk__in=ids, is_superuser=False).prefetch_related("groups"):
        before = set(request.POST.get(f"before-{person.pk}", "").split()) & set(Role.values)
        now = set(request.POST.getlist(f"role-{person.pk}")) & set(Role.values)
        if before != now:
            found.append(Wish(person, give=now - before, take=before - now))
    return found


@method_decorator(never_cache, name="dispatch")
class PeopleView(PermissionRequiredMixin, TemplateView):
    """People found by name or address, each with the roles as boxes. Superusers are shown and not changed."""

    permission_required = "accounts.manage_roles"
    template_name = "accounts/people.html"

    def people(self) -> QuerySet[User]:
        people = User.objects.named(self.request.GET.get("q", "")).prefetch_related("groups")
        role = self.request.GET.get("role")
        return people.with_role(role) if role in Role.values else people

    @cached_property
    def back(self) -> str:
        """The same page of the same list."""
        target = self.request.POST.get("back", "")
        safe = url_has_allowed_host_and_scheme(
            target, {self.request.get_host()}, require_https=self.request.is_secure()
        )
        return target if safe else "accounts:people"

    def get_context_data(self, **kwargs) -> dict:
        page = Paginator(self.people(), PER_PAGE).get_page(self.request.GET.get("page"))
        rows = []
        for person in page:
            held = {group.name for group in person.groups.all()}
            boxes = [{"role": role, "held": role.value in held} for role in Role]
            before = " ".join(sorted(held & set(Role.values)))
            rows.append({"person": person, "boxes": boxes, "before": before})
        return super().get_context_data(
            rows=rows,
            total=page.paginator.count,
            pager=pager_of(page, self.request.GET),
            roles=list(Role),
            query=self.request.GET.get("q", ""),
            role=self.request.GET.get("role", ""),
            **kwargs,
        )

    def post(self, request: HttpRequest) -> HttpResponse:
        asked = wishes(request)
        own = any(wish.person == request.user and Role.COORDINATOR in wish.take for wish in asked)
        if own and "sure" not in request.POST:
            fields = [
                (name, value)
                for name, values in request.POST.lists()
                if name != "csrfmiddlewaretoken"
                for value in values
            ]
            return render(request, "accounts/people_own_role.html", {"fields": fields})
        with transaction.atomic():
            done = sum(len(change_roles(user=w.person, give=w.give, take=w.take, by=request.user)) for w in asked)
        if done:
            text = ngettext("%(count)s role is changed.", "%(count)s roles are changed.", done) % {"count": done}
            messages.success(request, text)
        else:
            messages.info(request, _("There was nothing to change."))
        return redirect("accounts:index" if own else self.back)


@method_decorator(never_cache, name="dispatch")
class RoleLogView(PermissionRequiredMixin, TemplateView):
    """Who gave and took which roles, the newest first."""

    permission_required = "accounts.manage_roles"
    template_name = "accounts/role_log.html"

    def get_context_data(self, **kwargs) -> dict:
        page = Paginator(RoleChange.objects.select_related("user", "by"), PER_PAGE).get_page(
            self.request.GET.get("page")
        )
        return super().get_context_data(lines=page.object_list, pager=pager_of(page, self.request.GET), **kwargs)
