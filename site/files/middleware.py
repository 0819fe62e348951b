"""The door before the doors: a request larger than any form of ours is answered without being read."""

from django.http import HttpRequest, HttpResponse
from django.template.defaultfilters import filesizeformat
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from .limits import limit

REQUEST_TOO_LARGE = 413


class UploadLimit:
    """413 with the reason, by the declared length: servers read no further than that."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        most = limit("FILES_REQUEST_MAX_BYTES")
        length = request.META.get("CONTENT_LENGTH") or "0"
        if length.isdecimal() and int(length) > most:
            return self.refuse()
        return self.get_response(request)

    @staticmethod
    def refuse() -> HttpResponse:
        words = _("The file is too large. The most that is accepted is %(limit)s. Nothing was stored.")
        reason = words % {"limit": filesizeformat(limit("FILES_DOCUMENT_MAX_BYTES"))}
        response = HttpResponse(render_to_string("400.html", {"reason": reason}), status=REQUEST_TOO_LARGE)
        # The rest of the body is not read: the connection cannot be used for another request.
        response["Connection"] = "close"
        return response
