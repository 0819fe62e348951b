from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _

from core.appearance import COOKIE, Appearance

#: Longer addresses come from no form of ours; gunicorn's own limit is 4,094 a line.
LONGEST_ADDRESS = 8_000


class RequestLimits:
    """Refuses what no browser sends and PostgreSQL cannot store, before anything else is done."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        query = request.META.get("QUERY_STRING", "")
        if len(query) > LONGEST_ADDRESS:
            return self.refuse(_("The query is too long. Please shorten it."), status=414)
        if "\x00" in request.path or "%00" in query:
            return self.refuse(_("The address holds characters that cannot be read. Please type the query anew."))
        return self.get_response(request)

    @staticmethod
    def refuse(reason: str, status: int = 400) -> HttpResponse:
        return HttpResponseBadRequest(render_to_string("400.html", {"reason": reason}), status=status)


class AppearanceMiddleware:
    """Puts the reader's wishes for the look of pages on the request."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.appearance = Appearance.from_cookie(request.COOKIES.get(COOKIE, ""))
        return self.get_response(request)


class LanguageMiddleware:
    """The language of the switch in the header, Russian for those who never pressed it.

    Django's own would follow the browser: a school computer set to English is no wish of its teacher.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        language = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME)
        if language not in dict(settings.LANGUAGES):
            language = settings.LANGUAGE_CODE
        request.LANGUAGE_CODE = language
        with translation.override(language):
            response = self.get_response(request)
            if hasattr(response, "render") and not response.is_rendered:
                response.render()
        response.headers.setdefault("Content-Language", language)
        return response
