"""What the portal told a person."""

from django.contrib import messages
from django.contrib.auth.mixins import LoginRequiredMixin
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views import View
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from django.views.generic import ListView

from core.pager import pager_of
from notifications.models import Notification
from notifications.services import reading
from notifications.views.pages import RoomMixin

ON_A_PAGE = 30


@method_decorator(never_cache, name="dispatch")
class IndexView(LoginRequiredMixin, RoomMixin, ListView):
    """The latest first; `?unread=1` leaves out what was read."""

    template_name = "notifications/index.html"
    context_object_name = "notifications"
    paginate_by = ON_A_PAGE

    def get_queryset(self):
        told = Notification.objects.of(self.request.user)
        return told.unread() if "unread" in self.request.GET else told

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        return context | {
            "unread_only": "unread" in self.request.GET,
            "unread_count": reading.unread_count(self.request.user),
            "pager": pager_of(context["page_obj"], self.request.GET),
        }


@method_decorator(never_cache, name="dispatch")
class CountView(LoginRequiredMixin, View):
    """`{"unread": 3}` for the header, which asks after its page is drawn: pages are the same for all."""

    raise_exception = True

    def get(self, request: HttpRequest) -> HttpResponse:
        return JsonResponse({"unread": reading.unread_count(request.user)})


@method_decorator([never_cache, require_safe], name="dispatch")
class OpenView(LoginRequiredMixin, View):
    """Leads to what a notification tells of, which thereby is read."""

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        notification = get_object_or_404(Notification.objects.of(request.user), pk=pk)
        reading.mark_read(notification)
        return HttpResponseRedirect(notification.url or reverse("notifications:index"))


@method_decorator(never_cache, name="dispatch")
class ReadAllView(LoginRequiredMixin, View):
    http_method_names = ["post"]

    def post(self, request: HttpRequest) -> HttpResponse:
        if reading.mark_all_read(request.user):
            messages.success(request, _("All notifications are marked as read."))
        return HttpResponseRedirect(reverse("notifications:index"))
