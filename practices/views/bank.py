from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from wagtail.contrib.routable_page.models import RoutablePageMixin, path

from core.models import Subject, Tag
from practices import feeds, tags
from practices.browse import Browsing

#: First parts of the addresses below: no practice may bear them.
RESERVED_SLUGS = frozenset({"tags", "subjects", "feed"})


class BankViews(RoutablePageMixin):
    """The bank's page is its search; below it a page and a feed for each tag and subject."""

    @path("")
    def index_route(self, request: HttpRequest) -> HttpResponse:
        request.is_preview = getattr(request, "is_preview", False)
        swapped = bool(getattr(request, "htmx", None)) and request.htmx.target == Browsing.region
        template = "search/_results.html" if swapped else "practices/bank_page.html"
        return self.answer(request, template, Browsing.asked_by(request, self))

    @path("tags/", name="tags")
    def tags_route(self, request: HttpRequest) -> HttpResponse:
        context = self.get_context(request) | {"letters": tags.by_letter(self.get_url(request))}
        return TemplateResponse(request, "practices/tags_page.html", context)

    @path("tags/<slug:slug>/", name="tag")
    def tag_route(self, request: HttpRequest, slug: str) -> HttpResponse:
        tag = get_object_or_404(Tag, slug=slug)
        browsing = Browsing.asked_by(request, self, within={"tag": [tag.slug]})
        if not browsing.results.total and not request.GET:
            raise Http404(_("No practice bears this tag any more."))
        return self.answer(request, "practices/tag_page.html", browsing, tag=tag, heading=tag.name)

    @path("subjects/<slug:slug>/", name="subject")
    def subject_route(self, request: HttpRequest, slug: str) -> HttpResponse:
        subject = get_object_or_404(Subject, slug=slug)
        browsing = Browsing.asked_by(request, self, within={"subject": [subject.slug]})
        return self.answer(request, "practices/subject_page.html", browsing, subject=subject, heading=subject.name)

    @path("feed/", name="feed")
    @path("tags/<slug:tag>/feed/", name="tag_feed")
    @path("subjects/<slug:subject>/feed/", name="subject_feed")
    def feed_route(self, request: HttpRequest, tag: str = "", subject: str = "") -> HttpResponse:
        return feeds.PracticeFeed()(
            request,
            bank=self,
            tag=get_object_or_404(Tag, slug=tag) if tag else None,
            subject=get_object_or_404(Subject, slug=subject) if subject else None,
        )

    def answer(self, request: HttpRequest, template: str, browsing: Browsing, **context) -> HttpResponse:
        """A list of practices with its facets, chips, order and pager; 404 keeps an impossible page out of indexes."""
        context = self.get_context(request) | browsing.context() | context
        response = TemplateResponse(request, template, context, status=404 if browsing.is_beyond_the_end else 200)
        browsing.note(response)
        return response
