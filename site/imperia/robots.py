from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

#: Addresses with nothing for a search engine; a bank's address with filters is one of millions.
CLOSED = (
    *(f"/{path}/" for path in ("accounts", "appearance", "cabinet", "certificates", "complaints", "membership")),
    *(f"/{path}/" for path in ("notifications", "practices", "reviews", "search")),
    f"/{settings.ADMIN_PATH}",
    "/*?",
)


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """The robots exclusion protocol (RFC 9309) and where the sitemap is."""
    lines = ["User-agent: *", *(f"Disallow: {path}" for path in CLOSED), ""]
    lines.append(f"Sitemap: {request.build_absolute_uri(reverse('sitemap'))}")
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")
