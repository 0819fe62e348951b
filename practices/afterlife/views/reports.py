"""Reporting a reuse, and the page of one report: its teacher changes it there, the author answers."""

from django.contrib import messages
from django.contrib.auth.mixins import LoginRequiredMixin
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.decorators import method_decorator
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.generic import FormView, TemplateView

from practices.afterlife import adoptions
from practices.afterlife.forms import AnswerForm, FilesOfReport, ReportForm
from practices.models import Adoption, PracticePage


def readable_or_404(practice: PracticePage, request: HttpRequest) -> PracticePage:
    """A public page that this reader may open; of the others nobody learns that they exist."""
    if practice.live and all(each.accept_request(request) for each in practice.get_view_restrictions()):
        return practice
    raise Http404


@method_decorator(never_cache, name="dispatch")
class ReportReuseView(LoginRequiredMixin, FormView):
    """«Провёл у себя»: the form of a report. Who may not report is told why, in words."""

    template_name = "practices/afterlife/report_form.html"
    form_class = ReportForm

    @cached_property
    def practice(self) -> PracticePage:
        return readable_or_404(get_object_or_404(PracticePage, pk=self.kwargs["practice_id"]), self.request)

    def dispatch(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        if request.user.is_authenticated and not request.user.has_perm("practices.report_reuse_of", self.practice):
            return self.refuse()
        return super().dispatch(request, *args, **kwargs)

    def refuse(self) -> HttpResponse:
        context = {
            "practice": self.practice,
            "is_teacher": self.request.user.has_perm("practices.report_reuse"),
        }
        return self.response_class(
            self.request, "practices/afterlife/cannot_report.html", context, using=self.template_engine, status=403
        )

    def form_valid(self, form: ReportForm) -> HttpResponse:
        try:
            report = adoptions.report(
                practice=self.practice,
                teacher=self.request.user,
                **form.lesson(),
                **form.words(),
                files=form.attachments(),
            )
        except adoptions.FileRefused as refusal:
            return self.refused(form, refusal)
        except adoptions.NotPublished as error:
            raise Http404 from error
        except adoptions.OwnPractice:
            return self.refuse()
        messages.success(self.request, _("Thank you! Your report is on the practice's page, and its author is told."))
        return redirect("afterlife:report", report.pk)

    def refused(self, form, refusal: adoptions.FileRefused) -> HttpResponse:
        form.add_error(refusal.field, refusal.error.messages)
        return self.form_invalid(form)

    def get_context_data(self, **kwargs):
        return super().get_context_data(practice=self.practice, **kwargs)


class OneReport(LoginRequiredMixin):
    """Of a report by its number: `permission` on it, or it is not found."""

    permission = "practices.change_report"

    @cached_property
    def report(self) -> Adoption:
        found = get_object_or_404(Adoption.objects.for_list().select_related("practice"), pk=self.kwargs["report_id"])
        if not self.may(found):
            raise Http404
        return found

    def may(self, report: Adoption) -> bool:
        return self.request.user.has_perm(self.permission, report)

    def get_context_data(self, **kwargs):
        return super().get_context_data(report=self.report, practice=self.report.practice, **kwargs)


@method_decorator(never_cache, name="dispatch")
class ReportView(OneReport, FormView):
    """One report with its answer; those whom it concerns come here by a notification."""

    template_name = "practices/afterlife/report.html"
    form_class = AnswerForm

    def may(self, report: Adoption) -> bool:
        asked = ["practices.change_report", "practices.answer_report", "practices.see_any_report"]
        return any(self.request.user.has_perm(permission, report) for permission in asked)

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"instance": self.report}

    def post(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        if not request.user.has_perm("practices.answer_report", self.report):
            raise PermissionDenied
        return super().post(request, *args, **kwargs)

    def form_valid(self, form: AnswerForm) -> HttpResponse:
        adoptions.answer(adoption=self.report, by=self.request.user, text=form.cleaned_data["answer"])
        messages.success(self.request, _("Your answer stands under the report."))
        return redirect("afterlife:report", self.report.pk)

    def get_context_data(self, **kwargs):
        may = {
            "may_change": self.request.user.has_perm("practices.change_report", self.report),
            "may_answer": self.request.user.has_perm("practices.answer_report", self.report),
        }
        return super().get_context_data(**may, **kwargs)


@method_decorator(never_cache, name="dispatch")
class ChangeReportView(OneReport, FormView):
    """The teacher's own report, to put right."""

    template_name = "practices/afterlife/report_form.html"
    form_class = FilesOfReport

    def get_form_kwargs(self):
        # A copy of its own: a form that does not pass must not change what the page shows of the report.
        return super().get_form_kwargs() | {"instance": Adoption.objects.get(pk=self.report.pk)}

    def form_valid(self, form: FilesOfReport) -> HttpResponse:
        try:
            adoptions.change(adoption=self.report, **form.words(), files=form.attachments())
        except adoptions.FileRefused as refusal:
            form.add_error(refusal.field, refusal.error.messages)
            return self.form_invalid(form)
        messages.success(self.request, _("Saved."))
        return redirect("afterlife:report", self.report.pk)


@method_decorator(never_cache, name="dispatch")
class RemoveReportView(OneReport, TemplateView):
    """Taking the own report back, asked twice."""

    template_name = "practices/afterlife/remove_report.html"

    def post(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        practice = self.report.practice
        adoptions.take_back(adoption=self.report)
        messages.success(request, _("The report is removed."))
        return redirect(practice.get_url() or "/")
