"""Pages for signed-in people, rendered once for all who may see the same.

A page of the portal shows nothing of its reader (the header says «Моя запись», not whose), so people who hold the same
tokens are given the same bytes. Session and person are looked up all the same: the key holds what they may see.
"""

from collections.abc import Callable, Hashable
from gzip import compress

from django.http import HttpRequest, HttpResponse

from core import page_cache

#: What tells readers apart; filled from above: search adds the tokens by which restricted pages are found.
_differences: list[Callable[[HttpRequest], Hashable]] = []
GZIP_LEVEL = 6


def tell_apart(difference: Callable[[HttpRequest], Hashable]) -> None:
    if difference not in _differences:
        _differences.append(difference)


class SharedPagesMiddleware:
    """Stands right before the views, behind sessions and people."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        generation = page_cache.reading.get()
        if generation is None or not request.user.is_authenticated or has_messages(request):
            return self.get_response(request)
        key = ("signed in", page_cache.PageCacheMiddleware.key(request), *(d(request) for d in _differences))
        page = page_cache.memory.get(generation, key)
        if not page:
            response = self.get_response(request)
            if hasattr(response, "render") and not response.is_rendered:
                response.render()
            if not self.is_shared(response) or page_cache.passing.get():
                return response
            page = self.keep(generation, key, request, response)
        response = HttpResponse(page.content, headers=page.headers)
        page_cache.after(response, request, page.on_served)
        return response

    @staticmethod
    def is_shared(response: HttpResponse) -> bool:
        return (
            getattr(response, "is_same_for_all", False)
            and response.status_code == 200  # noqa: PLR2004 - HTTP
            and not response.streaming
            and not response.cookies
            and b"csrfmiddlewaretoken" not in response.content
        )

    @staticmethod
    def keep(generation: int, key: tuple, request: HttpRequest, response: HttpResponse) -> page_cache.CachedPage:
        content, headers = response.content, dict(response.items())
        if "gzip" in request.META.get("HTTP_ACCEPT_ENCODING", ""):
            # Nothing secret is in it that compression could tell.
            content = compress(content, GZIP_LEVEL)
            headers |= {"Content-Encoding": "gzip"}
        headers |= {"Content-Length": str(len(content)), "Cache-Control": "private, no-cache"}
        page = page_cache.CachedPage(content, headers, getattr(response, "on_served", ()))
        page_cache.memory.put(generation, key, page)
        return page


def has_messages(request: HttpRequest) -> bool:
    return (
        "messages" in request.COOKIES
        or "_messages" in request.session
        or bool(
            getattr(request, "_messages", ()) and request._messages.added_new  # noqa: SLF001 - Django has no public way
        )
    )
