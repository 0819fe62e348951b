from django.core.paginator import Paginator
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from wagtail.contrib.routable_page.models import RoutablePageMixin, path
from wagtail.url_routing import RouteResult

from practices import archive, citations, counting, handout
from practices.afterlife.editions import History
from practices.models.afterlife import Withdrawal
from practices.reading import authors, reading_context

REPORTS_A_PAGE = 20
GONE = 410


class PracticeViews(RoutablePageMixin):
    """A practice to read, print, cite and take away; its editions, its reuse, and what is left when it is withdrawn."""

    def route(self, request: HttpRequest, path_components: list[str]) -> RouteResult:
        """Every address of a withdrawn practice tells that it is withdrawn; privacy is asked before that, as always."""
        if not self.live and Withdrawal.objects.filter(practice=self.pk).exists():
            return RouteResult(self, args=(self.withdrawn_route, (), {}))
        return super().route(request, path_components)

    def withdrawn_route(self, request: HttpRequest) -> HttpResponse:
        """Title, authors, date and reason; nothing of the text."""
        context = {"practice": self, "withdrawal": self.withdrawal, "authors": authors(self)}
        return TemplateResponse(request, "practices/afterlife/withdrawn.html", context, status=GONE)

    def get_context(self, request: HttpRequest, *args, **kwargs) -> dict:
        context = super().get_context(request, *args, **kwargs)
        bank_url = context["breadcrumbs"][-1]["url"] if context["breadcrumbs"] else ""
        return {**context, **reading_context(self, request, bank_url)}

    @path("")
    def index_route(self, request: HttpRequest) -> HttpResponse:
        response = super().index_route(request)
        if not request.is_preview:
            counting.count(response, self.pk, "readings")
        return response

    @path("handout/", name="handout")
    def handout_route(self, request: HttpRequest) -> HttpResponse:
        response = FileResponse(
            handout.handout_of(self, request), content_type="application/pdf", filename=f"{self.slug}.pdf"
        )
        counting.count(response, self.pk, "downloads")
        return response

    @path("materials/", name="materials")
    def materials_route(self, request: HttpRequest) -> HttpResponse:
        materials = list(self.materials.select_related("document"))
        if not materials:
            return redirect(self.get_url(request))
        response = FileResponse(archive.archive_of(materials), as_attachment=True, filename=f"{self.slug}.zip")
        counting.count(response, self.pk, "downloads")
        return response

    @path("citation/<slug:form>/", name="citation")
    def citation_route(self, request: HttpRequest, form: str) -> HttpResponse:
        if form not in citations.FILES:
            raise Http404
        write, content_type = citations.FILES[form]
        response = HttpResponse(write(citations.Citation.of(self)), content_type=f"{content_type}; charset=utf-8")
        response["Content-Disposition"] = f'attachment; filename="{self.slug}.{form}"'
        return response

    @path("used/", name="used")
    def used_route(self, request: HttpRequest) -> HttpResponse:
        """All reports of reuse."""
        pages = Paginator(self.adoptions.shown().for_list(), REPORTS_A_PAGE)
        shown = pages.get_page(request.GET.get("page"))
        context = {
            "reports": shown,
            "reports_count": pages.count,
            "adopt_url": reverse("afterlife:adopt", args=[self.pk]),
            "pager": pager(shown),
        }
        return self.below(request, "practices/afterlife/used.html", "used/", context)

    @path("history/", name="history")
    def history_route(self, request: HttpRequest) -> HttpResponse:
        """All editions, the newest first, and the notes on what was corrected."""
        context = {"editions": History(self).editions[::-1], "corrections": self.corrections.all()}
        return self.below(request, "practices/afterlife/history.html", "history/", context)

    @path("history/<int:number>/", name="edition")
    def edition_route(self, request: HttpRequest, number: int) -> HttpResponse:
        """What an edition changed in the one before it."""
        history = History(self)
        edition = history.edition(number)
        if edition is None:
            raise Http404
        context = {
            "edition": edition,
            "changes": history.changes_in(edition),
            "earlier": history.edition(number - 1),
            "later": history.edition(number + 1),
            "history_url": f"{self.get_url(request)}history/",
        }
        return self.below(request, "practices/afterlife/edition.html", f"history/{number}/", context)

    def below(self, request: HttpRequest, template: str, address: str, context: dict) -> HttpResponse:
        """A page below the practice's own, with the way back to it."""
        frame = super().get_context(request)
        frame["canonical_url"] = f"{self.full_url}{address}"
        frame["crumb"] = {"title": self.title, "url": self.get_url(request)}
        return TemplateResponse(request, template, frame | context)


def pager(shown) -> dict:
    """`components/pagination.html` for a page of a numbered list."""
    numbers = shown.paginator.get_elided_page_range(shown.number, on_each_side=2, on_ends=1)
    return {
        "previous_url": f"?page={shown.previous_page_number()}" if shown.has_previous() else "",
        "next_url": f"?page={shown.next_page_number()}" if shown.has_next() else "",
        "pages": [
            {"number": number, "url": f"?page={number}", "current": number == shown.number}
            for number in numbers
            if isinstance(number, int)
        ],
    }
