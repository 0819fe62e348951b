"""The floor: one view with one query and a template of 30 KB."""

from django.core.wsgi import get_wsgi_application
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.template import Context, Engine
from django.urls import path

SIZE = 30_000
PARAGRAPH = "<p>Учителя города мало знают о находках друг друга: их показывает портал.</p>\n"
#: Letters and not bytes are what a template costs, but a visitor receives bytes.
TEXT = PARAGRAPH * (SIZE // len(PARAGRAPH.encode()))
TEMPLATE = Engine().from_string(f"<!DOCTYPE html><html><title>{{{{ title }}}}</title><body>\n{TEXT}</body></html>")


def page(request: HttpRequest) -> HttpResponse:
    with connection.cursor() as cursor:
        cursor.execute("SELECT title FROM wagtailcore_page WHERE depth = %s", [1])
        (title,) = cursor.fetchone()
    return HttpResponse(TEMPLATE.render(Context({"title": title})))


urlpatterns = [path("", page)]
application = get_wsgi_application()
