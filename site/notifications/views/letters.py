"""Letters that did not go: the coordinator looks at them and decides."""

from django.contrib import messages
from django.contrib.auth.mixins import PermissionRequiredMixin
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views import View
from django.views.decorators.cache import never_cache
from django.views.generic import ListView

from core.pager import pager_of
from notifications.models import Letter
from notifications.services import settling
from notifications.views.pages import RoomMixin

ON_A_PAGE = 30


@method_decorator(never_cache, name="dispatch")
class LettersView(PermissionRequiredMixin, RoomMixin, ListView):
    permission_required = "notifications.settle_letters"
    template_name = "notifications/letters.html"
    context_object_name = "letters"
    paginate_by = ON_A_PAGE

    def get_queryset(self):
        return Letter.objects.troubled().select_related("recipient").defer("text", "html")

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        return context | {"pager": pager_of(context["page_obj"], self.request.GET)}


@method_decorator(never_cache, name="dispatch")
class SettleView(PermissionRequiredMixin, View):
    """What is done to one troubled letter; pressed twice, or by two at once, it is done once."""

    permission_required = "notifications.settle_letters"
    http_method_names = ["post"]

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        if self.settle(get_object_or_404(Letter, pk=pk)):
            messages.success(request, self.done())
        else:
            messages.info(request, _("This letter is settled already."))
        return HttpResponseRedirect(reverse("notifications:letters"))


class SendAgainView(SettleView):
    def settle(self, letter: Letter) -> bool:
        return settling.send_again(letter=letter, by=self.request.user)

    def done(self) -> str:
        return _("The letter will be sent once more.")


class LeaveView(SettleView):
    def settle(self, letter: Letter) -> bool:
        return settling.leave(letter=letter, by=self.request.user)

    def done(self) -> str:
        return _("The letter is left as it is.")
