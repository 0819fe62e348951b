"""From a page of results to a saved search, and from a saved search to its results."""

from django.contrib import messages
from django.contrib.auth.mixins import LoginRequiredMixin
from django.contrib.auth.views import redirect_to_login
from django.core.signing import BadSignature
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.functional import cached_property
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views import View
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe
from django.views.generic import TemplateView

from core.views import safe_address
from search.models import SavedSearch
from search.saved import addresses, asking, services
from search.saved.describing import describe


@method_decorator([csrf_exempt, never_cache], name="dispatch")
class SaveView(View):
    """The button under the results. Pages are the same for all and carry no CSRF token, so the browser's word that the
    form is of this portal stands in its place; without it, and without an account, the question goes on to a page
    that asks once more.
    """

    http_method_names = ["post"]

    def post(self, request: HttpRequest) -> HttpResponse:
        question = asking.from_form(request.POST)
        page = f"{reverse('saved:confirm')}?{urlencode({'asked': asking.packed(question)})}"
        if not request.user.is_authenticated:
            return redirect_to_login(page)
        return keep(request, question, alert=True) if is_from_here(request) else redirect(page)


@method_decorator(never_cache, name="dispatch")
class ConfirmView(LoginRequiredMixin, TemplateView):
    """What is about to be saved, for those who come from signing in."""

    template_name = "search/saved/confirm.html"

    @cached_property
    def question(self) -> asking.Question | None:
        try:
            return asking.unpacked(self.request.GET.get("asked", ""))
        except BadSignature:
            return None

    def get(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        try:
            asked = services.asked(**fields(self.question)) if self.question else None
        except (services.NothingAsked, services.TooManyFilters):
            asked = None
        if not asked:
            return redirect("search:results")
        back = safe_address(request, self.question.back)
        return self.render_to_response(self.get_context_data(described=describe([asked])[0], back=back))

    def post(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        if not self.question:
            return redirect("search:results")
        return keep(request, self.question, alert="alert" in request.POST)


@method_decorator([never_cache, require_safe], name="dispatch")
class OpenView(LoginRequiredMixin, View):
    """Leads to the results, which thereby are seen."""

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        search = get_object_or_404(SavedSearch, person=request.user, pk=pk)
        services.look_at(search)
        return HttpResponseRedirect(addresses.results_of(search))


def keep(request: HttpRequest, question: asking.Question, *, alert: bool) -> HttpResponse:
    """Save the question, say what came of it, and go back to its results."""
    try:
        services.save(person=request.user, alert=alert, **fields(question))
    except services.NothingAsked:
        messages.error(request, _("There is nothing to save yet: type a query or choose a filter first."))
    except services.TooManyFilters:
        messages.error(request, _("So many filters cannot be saved at once. Take some of them off."))
    except services.TooManySearches:
        words = ngettext(
            "You keep %(count)s search already: delete one in your cabinet to save another.",
            "You keep %(count)s searches already: delete one in your cabinet to save another.",
            services.MOST,
        )
        messages.error(request, words % {"count": services.MOST})
    else:
        told = _("The search is saved: it is in your cabinet. We shall tell you when something new appears.")
        messages.success(request, told if alert else _("The search is saved: it is in your cabinet."))
    return HttpResponseRedirect(safe_address(request, question.back))


def fields(question: asking.Question) -> dict:
    return {"text": question.text, "kind": question.kind, "filters": question.filters}


def is_from_here(request: HttpRequest) -> bool:
    """Whether the browser says that the form stood on a page of this portal (Fetch Metadata; older ones: Origin)."""
    site = request.headers.get("Sec-Fetch-Site")
    if site is not None:
        return site == "same-origin"
    return request.headers.get("Origin") == f"{request.scheme}://{request.get_host()}"
