"""Ways out of the author's page: a look at the public page, a copy, calling back, throwing away."""

import json

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from practices.authoring import drafts
from practices.authoring.cards.body import pruned
from practices.authoring.content import raw_body
from practices.review.errors import NotUnderReview
from practices.review.services import call_back

from .base import PracticeView


class PreviewView(PracticeView):
    """The public page itself, made of the draft."""

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        draft = drafts.draft_of(self.practice)
        draft.body = json.dumps(pruned(raw_body(draft)))
        request.is_preview, request.preview_mode = True, ""
        response = draft.serve_preview(request, "")
        # The same page under a bar that says what it is and leads back.
        response.template_name = "practices/authoring/preview.html"
        response.context_data |= {"practice": self.practice, "handout_url": "", "zip_url": ""}
        response["X-Robots-Tag"] = "noindex"
        response.is_same_for_all = False
        return response


class CopyView(PracticeView):
    """An earlier practice as the beginning of a new one."""

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        copy = drafts.copy_of(practice=self.practice, author=request.user, origin=self.origin())
        messages.success(request, _("This is a copy: the earlier practice stays as it is."))
        return redirect("authoring:edit", copy.pk)


class CallBackView(PracticeView):
    permission = "practices.answer_for_practice"

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        try:
            call_back(practice=self.practice, user=request.user)
            messages.success(request, _("The practice is called back: you may change it and submit it again."))
        except NotUnderReview:
            messages.info(request, _("The practice is not under review any more."))
        return redirect("authoring:edit", pk)


class DiscardView(PracticeView):
    permission = "practices.answer_for_practice"

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        context = {
            "practice": self.practice,
            "draft": drafts.draft_of(self.practice),
            "is_discardable": drafts.is_discardable(self.practice),
        }
        return render(request, "practices/authoring/discard.html", context)

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        try:
            drafts.discard(practice=self.practice, user=request.user)
        except drafts.NotDiscardable:
            return self.get(request, pk)
        messages.success(request, _("The draft is deleted."))
        return redirect("authoring:start")
