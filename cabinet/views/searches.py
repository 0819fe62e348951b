"""«Мои поиски»: what I asked to be kept, and what is new in it."""

from django.contrib import messages
from django.contrib.auth.mixins import LoginRequiredMixin
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.decorators import method_decorator
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.views import View
from django.views.decorators.cache import never_cache

from cabinet.views.rooms import Room
from search.models import SavedSearch
from search.saved import services
from search.saved.describing import describe


def mine(request: HttpRequest, pk: int) -> SavedSearch:
    """Somebody else's is not found, as one that is not there."""
    return get_object_or_404(SavedSearch, person=request.user, pk=pk)


class SearchesView(Room):
    """All on one page: there are at most `services.MOST`."""

    template_name = "cabinet/searches.html"

    def get_context_data(self, **kwargs):
        searches = SavedSearch.objects.filter(person=self.request.user)
        return super().get_context_data(items=describe(searches), **kwargs)


@method_decorator(never_cache, name="dispatch")
class AlertView(LoginRequiredMixin, View):
    """Tells me of news from now on, or no more, as `alert` says."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        search = mine(request, pk)
        services.set_alert(search=search, alert=request.POST.get("alert") == "on")
        if search.alert:
            messages.success(request, _("We shall tell you when something new appears."))
        else:
            messages.success(request, _("We shall tell you of this search no more; it stays in the list."))
        return redirect("cabinet:searches")


class ForgetView(Room):
    """Asks once, then deletes."""

    template_name = "cabinet/search_forget.html"

    @cached_property
    def search(self) -> SavedSearch:
        return mine(self.request, self.kwargs["pk"])

    def get_context_data(self, **kwargs):
        return super().get_context_data(item=describe([self.search])[0], **kwargs)

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        services.forget(self.search)
        messages.success(request, _("The search is deleted."))
        return redirect("cabinet:searches")
