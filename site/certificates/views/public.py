"""Verifying a paper and taking it away as a PDF, for anybody who has its code."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.cache import add_never_cache_headers
from django.views import View
from django.views.generic import TemplateView

from certificates import paper
from certificates.forms import CodeForm
from certificates.models import Certificate


class UnlistedMixin:
    """Papers are found by their code only: search engines keep out; what a signed-in person sees is kept nowhere."""

    def dispatch(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        response = super().dispatch(request, *args, **kwargs)
        response.headers["X-Robots-Tag"] = "noindex"
        if request.user.is_authenticated:
            add_never_cache_headers(response)
        return response


class CheckView(UnlistedMixin, TemplateView):
    """A field to enter a code in; from it to the page of the paper."""

    template_name = "certificates/check.html"
    http_method_names = ["get", "head"]

    def get(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        form = CodeForm(request.GET) if "code" in request.GET else CodeForm()
        if form.is_bound and form.is_valid():
            return redirect(form.certificate)
        return self.render_to_response({"form": form})


class CertificateView(UnlistedMixin, View):
    """What a code proves, for anybody: valid, revoked and why, or no such paper."""

    http_method_names = ["get", "head"]

    def get(self, request: HttpRequest, code: str) -> HttpResponse:
        certificate = Certificate.objects.meant_by(code).select_related("holder").first()
        if certificate is None:
            return render(request, "certificates/unknown.html", {"form": CodeForm()}, status=404)
        if certificate.code != code:
            return redirect(certificate)
        return render(request, "certificates/certificate.html", self.context(certificate))

    def context(self, certificate: Certificate) -> dict:
        is_own = certificate.holder_id is not None and certificate.holder_id == self.request.user.pk
        return {
            "certificate": certificate,
            "is_own": is_own,
            "shows_name": certificate.shows_name or is_own,
            "may_revoke": self.request.user.has_perm("certificates.revoke"),
        }


class PaperView(UnlistedMixin, View):
    """The PDF: for everybody who has the code, or for its holder alone where the name is withdrawn."""

    http_method_names = ["get", "head"]

    def get(self, request: HttpRequest, code: str) -> HttpResponse:
        certificate = get_certificate(code)
        if certificate.is_revoked:
            return render(request, "certificates/revoked.html", {"certificate": certificate}, status=410)
        if not certificate.shows_name and (request.user.is_anonymous or certificate.holder_id != request.user.pk):
            raise Http404
        response = HttpResponse(paper.paper_of(certificate), content_type="application/pdf")
        response.headers["Content-Disposition"] = f'inline; filename="{certificate.code}.pdf"'
        return response


def get_certificate(code: str) -> Certificate:
    certificate = Certificate.objects.filter(code=code).select_related("holder").first()
    if certificate is None:
        raise Http404
    return certificate
