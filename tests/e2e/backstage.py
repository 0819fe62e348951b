"""Behind the scenes of a browser test: a portal that can be stopped, rows that its server sees, letters, pictures."""

import io
import os
import re
import socket
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from math import ceil
from pathlib import Path
from threading import Thread
from typing import Any, TypeVar

from django.conf import settings
from django.core import mail
from django.core.handlers.wsgi import WSGIHandler
from django.core.servers.basehttp import ThreadedWSGIServer
from django.db import connection
from django.test.testcases import QuietWSGIRequestHandler
from PIL import Image
from playwright.sync_api import Locator, Page
from procrastinate.contrib.django.models import ProcrastinateJob

from notifications import sending
from notifications.queue import SEND_LETTER

Made = TypeVar("Made")

#: A picture in the documentation weighs no more.
HEAVIEST = 120 * 1024
#: Pixels around what a picture shows.
MARGIN = 16


def there(make: Callable[[], Made]) -> Made:
    """What `make` makes, committed: the server looks at the database through other connections than the test."""

    def work() -> Made:
        try:
            return make()
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as pool:
        return pool.submit(work).result()


class _Server(ThreadedWSGIServer):
    """Knows its open connections, so that all of them can be cut off at once."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.open: set[socket.socket] = set()

    def process_request(self, request: socket.socket, client_address: Any) -> None:
        self.open.add(request)
        super().process_request(request, client_address)

    def shutdown_request(self, request: socket.socket) -> None:
        self.open.discard(request)
        super().shutdown_request(request)

    def cut_off(self) -> None:
        for each in list(self.open):
            try:
                each.shutdown(socket.SHUT_RDWR)
            except OSError:
                # The browser has hung up already.
                self.open.discard(each)


class Portal:
    """A server of one test's own, which stops and comes back at the same address."""

    def __init__(self) -> None:
        self.port = 0
        self.start()

    @property
    def address(self) -> str:
        """A name that browsers take for this very machine: on paper it reads as a portal's address does."""
        return f"http://imperia.localhost:{self.port}"

    def start(self) -> None:
        self.server = _Server(("127.0.0.1", self.port), QuietWSGIRequestHandler)
        self.server.set_app(WSGIHandler())
        self.port = self.server.server_address[1]
        self.thread = Thread(target=self.server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
        self.thread.start()

    def stop(self) -> None:
        self.server.shutdown()
        self.server.server_close()
        self.server.cut_off()
        self.thread.join()


def post_letters() -> None:
    """As the worker does: sends every letter that was put into its queue."""

    def work() -> None:
        for job in ProcrastinateJob.objects.filter(task_name=SEND_LETTER).order_by("pk"):
            sending.send(**job.args)

    there(work)


def letters_to(email: str) -> list[str]:
    """Subjects of what came to this address, in the order of sending."""
    return [letter.subject for letter in mail.outbox if letter.to == [email]]


def link_in_letter(email: str, subject: str) -> str:
    """The address of the first link in the last such letter."""
    letter = next(each for each in reversed(mail.outbox) if each.to == [email] and each.subject == subject)
    return next(line for line in letter.body.splitlines() if line.startswith(settings.BASE_URL))


@dataclass(frozen=True)
class Answer:
    """What the portal answers: status, type without its parameters, bytes."""

    status: int
    kind: str
    body: bytes


def fetched(page: Page, url: str) -> Answer:
    """What this person's browser gets from an address, looked at without opening it."""
    status, kind, body = page.evaluate(
        """async url => {
            const answer = await fetch(url);
            const bytes = new Uint8Array(await answer.arrayBuffer());
            return [answer.status, answer.headers.get("Content-Type"), Array.from(bytes)];
        }""",
        url,
    )
    return Answer(status, kind.split(";")[0], bytes(body))


def picture(page: Page, name: str, first: Locator | None = None, last: Locator | None = None) -> None:
    """A picture for docs/users, where DOCS_PICTURES names a folder; without it nothing happens.

    From the top of `first` (of the page) to the bottom of `last` (of what fits in the window).
    """
    if not os.environ.get("DOCS_PICTURES"):
        return
    page.mouse.move(0, 0)
    page.evaluate("document.activeElement?.blur()")
    size, scrolled = page.viewport_size, page.evaluate("scrollY")
    top = max(0, first.bounding_box()["y"] + scrolled - MARGIN) if first else 0
    box = last.bounding_box() if last else None
    height = box["y"] + box["height"] + scrolled + MARGIN - top if box else size["height"]
    # What sticks to an edge of the window stands where a person sees it, which a cut of the whole page does not show.
    page.set_viewport_size({"width": size["width"], "height": ceil(height)})
    page.evaluate("top => scrollTo(0, top)", top)
    keep(name, page.screenshot())
    page.set_viewport_size(size)


def keep(name: str, png: bytes) -> None:
    """A picture into the folder of pictures, if there is one: as PNG, or as WebP where that would be too heavy."""
    folder = os.environ.get("DOCS_PICTURES")
    if not folder:
        return
    drawn = Image.open(io.BytesIO(png)).convert("RGB")
    stream, ending = io.BytesIO(), "png"
    drawn.quantize(256, dither=Image.Dither.NONE).save(stream, "PNG", optimize=True)
    if stream.tell() > HEAVIEST:
        stream, ending = io.BytesIO(), "webp"
        drawn.save(stream, "WEBP", quality=80, method=6)
    assert stream.tell() <= HEAVIEST, f"{name} is too heavy"
    (Path(folder) / f"{name}.{ending}").write_bytes(stream.getvalue())


def words(text: str) -> str:
    """A text as a person reads it, whatever spaces and lines it is laid out with."""
    return re.sub(r"\s+", " ", text).strip()
