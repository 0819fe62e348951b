"""Somebody with a browser that knows forms and no scripts, whose clicks are repeated until they are answered."""

import http.client
import re
import time
import urllib.error
import urllib.parse
import urllib.request
import uuid
from dataclasses import dataclass, field
from html.parser import HTMLParser
from http.cookiejar import CookieJar

#: Seconds between a try that nobody answered and the next one; as long as a person goes on trying.
PAUSE, PATIENCE = 0.3, 120
#: The portal's door was shut in the middle: whether the deed was done is not known, so it is asked again.
UNANSWERED = (urllib.error.URLError, http.client.HTTPException, OSError)


@dataclass
class Form:
    """Where a form leads and what stands in it, ready to be changed and sent."""

    action: str
    fields: list[tuple[str, str]] = field(default_factory=list)

    def put(self, **values: str | list[str]) -> "Form":
        """The same form with these values in the place of its own."""
        kept = [(name, value) for name, value in self.fields if name not in values]
        for name, value in values.items():
            kept += [(name, each) for each in (value if isinstance(value, list) else [value])]
        return Form(self.action, kept)


class _Forms(HTMLParser):
    """Reads all forms of a page as a browser would send them."""

    def __init__(self):
        super().__init__()
        self.found: list[Form] = []
        self.text: tuple[str, list[str]] | None = None
        self.select = ""

    def handle_starttag(self, tag, pairs):
        attributes = dict(pairs)
        name = attributes.get("name") or ""
        if tag == "form":
            self.found.append(Form(attributes.get("action") or ""))
        elif not self.found or "disabled" in attributes:
            return
        elif tag == "input" and name:
            self._input(name, attributes)
        elif tag == "textarea":
            self.text = (name, [])
        elif tag == "select":
            self.select = name
        elif tag == "option" and "selected" in attributes and self.select:
            self.found[-1].fields.append((self.select, attributes.get("value") or ""))

    def _input(self, name: str, attributes: dict) -> None:
        kind = attributes.get("type") or "text"
        if kind in {"submit", "button", "file", "image"}:
            return
        if kind not in {"checkbox", "radio"} or "checked" in attributes:
            self.found[-1].fields.append((name, attributes.get("value") or ""))

    def handle_data(self, data):
        if self.text:
            self.text[1].append(data)

    def handle_endtag(self, tag):
        if tag == "textarea" and self.text:
            self.found[-1].fields.append((self.text[0], "".join(self.text[1])))
            self.text = None
        elif tag == "select":
            self.select = ""


def forms_of(page: str) -> list[Form]:
    reader = _Forms()
    reader.feed(page)
    return reader.found


@dataclass(frozen=True)
class Answer:
    """What came back: the status, where one was led, the text."""

    status: int
    url: str
    text: str

    def form(self, having: str) -> Form:
        """The first form with a field of this name; its action made whole."""
        for form in forms_of(self.text):
            if any(name == having for name, _value in form.fields):
                return Form(urllib.parse.urljoin(self.url, form.action or self.url), form.fields)
        raise LookupError(f"{self.url} ({self.status}) has no form with «{having}»")


class Person:
    """One browser. `retries` counts the tries that nobody answered."""

    def __init__(self, base: str):
        self.base = base
        self.retries = 0
        self.opener = urllib.request.build_opener(
            urllib.request.ProxyHandler({}), urllib.request.HTTPCookieProcessor(CookieJar())
        )

    def get(self, path: str) -> Answer:
        return self._ask(urllib.request.Request(urllib.parse.urljoin(self.base, path)))

    def send(self, form: Form, files: dict[str, tuple[str, bytes]] | None = None, **headers: str) -> Answer:
        """The form as a browser sends it; the very same bytes again until there is an answer."""
        boundary = uuid.uuid4().hex
        body = _multipart(boundary, form.fields, files or {})
        content_type = f"multipart/form-data; boundary={boundary}"
        headers = {"Content-Type": content_type, "Referer": form.action, "Origin": self.base, **headers}
        return self._ask(urllib.request.Request(form.action, body, headers))

    def sign_in(self, email: str, password: str) -> None:
        answer = self.get("/accounts/login/")
        if "/accounts/login" in answer.url:
            answer = self.send(answer.form("login").put(login=email, password=password))
        if "/accounts/login" in answer.url:
            raise PermissionError(f"{email}: {answer.status}")

    def _ask(self, request: urllib.request.Request) -> Answer:
        deadline = time.monotonic() + PATIENCE
        while True:
            try:
                with self.opener.open(request, timeout=30) as response:
                    return Answer(response.status, response.geturl(), response.read().decode())
            except urllib.error.HTTPError as error:
                # 500 and above: the portal says that it cannot now, so nothing is acknowledged.
                if error.code < http.HTTPStatus.INTERNAL_SERVER_ERROR:
                    return Answer(error.code, error.geturl() or request.full_url, error.read().decode(errors="replace"))
                failure = error
            except UNANSWERED as error:
                failure = error
            if time.monotonic() > deadline:
                raise failure
            self.retries += 1
            time.sleep(PAUSE)


def _multipart(boundary: str, fields: list[tuple[str, str]], files: dict[str, tuple[str, bytes]]) -> bytes:
    parts = [f'Content-Disposition: form-data; name="{name}"\r\n\r\n{value}'.encode() for name, value in fields]
    parts += [
        f'Content-Disposition: form-data; name="{name}"; filename="{filename}"\r\n'
        "Content-Type: application/octet-stream\r\n\r\n".encode()
        + content
        for name, (filename, content) in files.items()
    ]
    mark = f"--{boundary}".encode()
    return b"".join(mark + b"\r\n" + part + b"\r\n" for part in parts) + mark + b"--\r\n"


def first(pattern: str, text: str) -> str:
    """What the pattern's group holds; LookupError where nothing fits."""
    if found := re.search(pattern, text):
        return found.group(1)
    raise LookupError(pattern)
