"""Whole pages kept for visitors, and forgotten by all workers the moment anything changes.

A cached page's key holds the site generation (see `core.models.SiteGeneration`), host, address, language,
appearance, encoding, whether htmx asked, and the local date (citations name it). One query a request reads the
generation; the page itself comes from the worker's own memory. Never kept: what a signed-in person
sees, anything with a cookie, a token or a nonce, anything that is not a plain 200.
"""

import hashlib
from collections import OrderedDict
from collections.abc import Callable, Hashable
from contextvars import ContextVar
from dataclasses import dataclass
from typing import TypeVar

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseNotModified
from django.utils import timezone
from django.utils.cache import patch_vary_headers
from django.utils.http import parse_etags

from core.appearance import COOKIE, Appearance
from core.models import SiteGeneration

#: Bytes of pages that one worker keeps.
ROOM = 64 * 1024 * 1024
#: Larger pages are not kept.
LARGEST = 1024 * 1024
#: Addresses under which nothing is kept: forms, files that are served from disk, the eyes of machines.
UNREAD = (
    *("/" + settings.ADMIN_PATH, "/accounts/", "/appearance/", "/files/", "/media/"),
    *("/notifications/count/", "/healthz", "/metrics"),
)
VARY = ("Accept-Encoding", "Cookie", "HX-Request", "HX-Target")
Fact = TypeVar("Fact")
Served = Callable[[HttpRequest], None]


@dataclass(frozen=True)
class CachedPage:
    """A page as it went out: its body, headers and what to call whenever it is served again."""

    content: bytes
    headers: dict[str, str]
    on_served: tuple[Served, ...]

    def response(self, request: HttpRequest) -> HttpResponse:
        asked = request.META.get("HTTP_IF_NONE_MATCH")
        if asked and self.headers["ETag"] in parse_etags(asked):
            kept = {name: self.headers[name] for name in ("ETag", "Vary", "Cache-Control")}
            return HttpResponseNotModified(headers=kept)
        return HttpResponse(self.content, headers=self.headers)


class Memory:
    """The pages of one generation, the least recently asked for thrown out first.

    Threads of a worker share it: single dictionary operations are atomic in CPython, and a
    page lost to a race is only rendered again.
    """

    def __init__(self):
        self.generation = 0
        self.pages: OrderedDict[tuple, CachedPage] = OrderedDict()
        self.facts: dict[Hashable, object] = {}
        self.size = 0

    def enter(self, generation: int) -> None:
        """Forget everything of another generation."""
        if generation != self.generation:
            self.generation, self.pages, self.facts, self.size = generation, OrderedDict(), {}, 0

    def get(self, generation: int, key: tuple) -> CachedPage | None:
        self.enter(generation)
        page = self.pages.get(key)
        if page:
            self.pages.move_to_end(key)
        return page

    def put(self, generation: int, key: tuple, page: CachedPage) -> None:
        if generation != self.generation:
            return
        self.pages[key] = page
        self.size += len(page.content)
        while self.size > ROOM and self.pages:
            _key, oldest = self.pages.popitem(last=False)
            self.size -= len(oldest.content)


memory = Memory()
#: The generation at whose beginning the running request came; None outside of requests that only read.
reading: ContextVar[int | None] = ContextVar("reading", default=None)
#: Whether the page being read holds for the moment only.
passing: ContextVar[bool] = ContextVar("passing", default=False)


def remembered(key: Hashable, make: Callable[[], Fact]) -> Fact:
    """What `make()` gives, asked of it once a generation: for small facts that every page shows, the same for all.

    Only while a page is read; a command, the worker or a form that changes something asks anew each time.
    """
    generation = reading.get()
    if generation is None or ROOM == 0:
        return make()
    if generation == memory.generation and key in memory.facts:
        return memory.facts[key]
    fact = make()
    if generation == memory.generation:
        memory.facts[key] = fact
    return fact


def holds_for_now() -> None:
    """Keep nothing of the page being read: what it says is true for the moment only."""
    passing.set(True)


def when_served(response: HttpResponse, call: Served) -> None:
    """Have `call(request)` run after this response has gone out, also when it comes from the cache."""
    response.on_served = (*getattr(response, "on_served", ()), call)


class PageCacheMiddleware:
    """Stands right behind the static files: what it answers costs one query and no rendering."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.method != "GET" or request.path.startswith(UNREAD):
            return self.get_response(request)
        generation = SiteGeneration.current()
        tokens = reading.set(generation), passing.set(False)
        try:
            memory.enter(generation)
            return self.answer(request, generation)
        finally:
            reading.reset(tokens[0])
            passing.reset(tokens[1])

    def answer(self, request: HttpRequest, generation: int) -> HttpResponse:
        if not self.may_be_kept(request):
            return self.get_response(request)
        key = self.key(request)
        page = memory.get(generation, key)
        if page:
            response = page.response(request)
            after(response, request, page.on_served)
            return response
        response = self.get_response(request)
        if hasattr(response, "render") and not response.is_rendered:
            response.render()
        on_served = getattr(response, "on_served", ())
        if self.is_public(request, response) and not passing.get():
            response = self.keep(generation, key, response, on_served).response(request)
        after(response, request, on_served)
        return response

    @staticmethod
    def may_be_kept(request: HttpRequest) -> bool:
        return settings.SESSION_COOKIE_NAME not in request.COOKIES and settings.CSRF_COOKIE_NAME not in request.COOKIES

    @staticmethod
    def key(request: HttpRequest) -> tuple:
        """Everything in the request that could change the page; cookies only as what they mean."""
        language = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME)
        return (
            request.get_host(),
            request.get_full_path(),
            language if language in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE,
            Appearance.from_cookie(request.COOKIES.get(COOKIE, "")).cookie,
            "gzip" in request.META.get("HTTP_ACCEPT_ENCODING", ""),
            request.META.get("HTTP_HX_REQUEST") == "true" and request.META.get("HTTP_HX_TARGET", "")[:40],
            request.is_secure(),
            timezone.localdate(),
        )

    @staticmethod
    def is_public(request: HttpRequest, response: HttpResponse) -> bool:
        return (
            response.status_code == 200  # noqa: PLR2004 - HTTP
            and not response.streaming
            and not response.cookies
            and len(response.content) <= LARGEST
            and not request.META.get("CSRF_COOKIE_NEEDS_UPDATE")
            and "private" not in response.get("Cache-Control", "")
            and "no-store" not in response.get("Cache-Control", "")
        )

    @staticmethod
    def keep(generation: int, key: tuple, response: HttpResponse, on_served: tuple[Served, ...]) -> CachedPage:
        patch_vary_headers(response, VARY)
        response["ETag"] = f'"{hashlib.md5(response.content, usedforsecurity=False).hexdigest()}"'
        # Browsers may keep the page but must ask: its generation may be over in the next second.
        response["Cache-Control"] = "no-cache"
        page = CachedPage(response.content, dict(response.items()), on_served)
        memory.put(generation, key, page)
        return page


def after(response: HttpResponse, request: HttpRequest, calls: tuple[Served, ...]) -> None:
    """Run the calls when the server has sent the response: WSGI servers then call `close`."""
    if calls:
        response._resource_closers.extend(lambda call=call: call(request) for call in calls)  # noqa: SLF001
