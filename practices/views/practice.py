from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from wagtail.contrib.routable_page.models import RoutablePageMixin, path

from practices import archive, citations, counting, handout
from practices.reading import reading_context


class PracticeViews(RoutablePageMixin):
    """A practice to read, print, cite and take away."""

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
