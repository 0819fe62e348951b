from django.core.signing import BadSignature
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.decorators import method_decorator
from django.views import View
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt

from notifications import unsubscribing
from notifications.kinds import Group
from notifications.services import choosing


@method_decorator([csrf_exempt, never_cache], name="dispatch")
class UnsubscribeView(View):
    """The link under each letter; whoever holds the letter may stop its like, without signing in.

    GET only asks: programs that scan letters open every link. POST does it: the page's button, or a mail program by
    itself (RFC 8058), which knows of no cookies and no CSRF tokens.
    """

    http_method_names = ["get", "head", "post"]

    def dispatch(self, request: HttpRequest, token: str) -> HttpResponse:
        try:
            self.stop = unsubscribing.read(token)
        except BadSignature:
            raise Http404 from None
        return super().dispatch(request)

    def get(self, request: HttpRequest) -> HttpResponse:
        return self.page(request, done=False)

    def post(self, request: HttpRequest) -> HttpResponse:
        choosing.stop(self.stop)
        return self.page(request, done=True)

    def page(self, request: HttpRequest, *, done: bool) -> HttpResponse:
        group = Group(self.stop.group).label if self.stop.group else ""
        context = {"stop": self.stop, "group": group, "done": done}
        return render(request, "notifications/unsubscribe.html", context)
