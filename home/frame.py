"""The frame around each page: main menu and footer, as plain values for `base.html`."""

from urllib.parse import urlsplit

from django.http import HttpRequest
from wagtail.blocks import StructValue
from wagtail.models import Page

from core.page_cache import remembered
from home.models import SiteSettings

#: A menu leads to pages, and nowhere by script.
SAFE_SCHEMES = {"", "http", "https", "mailto", "tel"}


def link(value: StructValue, request: HttpRequest) -> dict:
    page: Page | None = value["page"]
    url = (page.get_url(request) if page.live else "") if page else value["url"]
    if urlsplit(url or "").scheme not in SAFE_SCHEMES:
        url = ""
    return {"title": value["title"], "url": url or ""}


def is_within(path: str, url: str) -> bool:
    return path == url or (url not in {"", "/"} and path.startswith(url))


def navigation(request: HttpRequest) -> list[dict]:
    """The main menu: `[{title, url, current}]`."""
    entries = remembered(("menu", request.get_host()), lambda: menu(SiteSettings.for_request(request), request))
    return [entry | {"current": is_within(request.path, entry["url"])} for entry in entries]


def menu(site_settings: SiteSettings, request: HttpRequest) -> list[dict]:
    links = (link(block.value, request) for block in site_settings.menu)
    return [entry for entry in links if entry["url"]]


def footer(request: HttpRequest) -> dict:
    """`{text, columns: [{title, links: [{title, url}]}], contacts: {email, phone, address}}`."""
    return remembered(("footer", request.get_host()), lambda: foot(SiteSettings.for_request(request), request))


def foot(site_settings: SiteSettings, request: HttpRequest) -> dict:
    columns = [
        {"title": block.value["title"], "links": [link(value, request) for value in block.value["links"]]}
        for block in site_settings.footer
    ]
    contacts = {
        "email": site_settings.contact_email,
        "phone": site_settings.contact_phone,
        "address": site_settings.contact_address,
    }
    return {"text": site_settings.about, "columns": columns, "contacts": contacts}
