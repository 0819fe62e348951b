"""Drafts that a leaver left behind: the coordinator finds somebody who will go on."""

from django.contrib import messages
from django.contrib.auth.mixins import PermissionRequiredMixin
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.views.generic import FormView

from cabinet.views.rooms import Room
from practices.afterlife import drafts
from practices.afterlife.forms import HandOverForm
from practices.models import Submission


class DraftsView(PermissionRequiredMixin, Room):
    """All of them: title and date, never the text, which nobody has published."""

    template_name = "cabinet/drafts.html"
    permission_required = "practices.hand_over"

    def get_context_data(self, **kwargs):
        return super().get_context_data(**self.page_of(drafts.orphaned()), **kwargs)


class HandOverView(PermissionRequiredMixin, Room, FormView):
    """One of them, and to whom it goes."""

    template_name = "cabinet/hand_over.html"
    permission_required = "practices.hand_over"
    form_class = HandOverForm

    @cached_property
    def submission(self) -> Submission:
        return get_object_or_404(Submission.objects.select_related("practice"), pk=self.kwargs["practice_id"])

    def dispatch(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        if self.has_permission() and not drafts.orphaned().filter(pk=self.submission.pk).exists():
            # Handed over meanwhile, perhaps by the first of two presses.
            return redirect("cabinet:drafts")
        return super().dispatch(request, *args, **kwargs)

    def get_context_data(self, **kwargs):
        return super().get_context_data(submission=self.submission, **kwargs)

    def form_valid(self, form: HandOverForm) -> HttpResponse:
        try:
            drafts.hand_over(practice=self.submission.practice, to=form.person, by=self.request.user)
        except drafts.NotOrphaned:
            messages.info(self.request, _("The draft has an author already."))
        except drafts.ReadsIt:
            form.add_error(
                "email", _("This person was asked to review the practice. Choose somebody who has not read it.")
            )
            return self.form_invalid(form)
        else:
            messages.success(self.request, _("The draft is handed over; the teacher is told."))
        return redirect("cabinet:drafts")
