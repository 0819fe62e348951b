"""The last look before the experts, and what comes after it."""

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import ConsentText
from practices.authoring import drafts, screen
from practices.authoring.materials import is_number
from practices.review import errors as review

from .base import PracticeView, agreed_to_shown_text


class DeclarationForm(forms.Form):
    """What the author declares of the text, anew at each submission."""

    rights = forms.BooleanField(
        label=gettext_lazy("I have made this myself, or may pass on what I took from others and named it."),
        error_messages={"required": gettext_lazy("Confirm that you may publish this.")},
    )
    pupils = forms.BooleanField(
        label=gettext_lazy("The parents of all pupils in the pictures have agreed in writing to their publication."),
        help_text=gettext_lazy("The school keeps these papers. If nobody is recognisable, confirm too."),
        error_messages={"required": gettext_lazy("Confirm the parents' consent, or take the pictures out.")},
    )
    consent = forms.BooleanField(
        label=gettext_lazy("I agree to the publication of my name and my works on the portal."),
        error_messages={"required": gettext_lazy("Without this consent the portal may not publish your name.")},
    )

    def __init__(self, *args, ready: drafts.Readiness, **kwargs):
        super().__init__(*args, use_required_attribute=False, **kwargs)
        if not ready.asks_pupils_consent:
            del self.fields["pupils"]
        if ready.has_consent:
            del self.fields["consent"]


class SubmitView(PracticeView):
    permission = "practices.answer_for_practice"

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        if drafts.is_under_review(self.practice):
            return redirect("authoring:submitted", pk)
        ready = drafts.readiness(practice=self.practice, user=request.user)
        return self.page(ready, DeclarationForm(ready=ready))

    def page(self, ready, form, status: int = 200, faults: dict | None = None) -> HttpResponse:
        context = {
            "practice": self.practice,
            "draft": drafts.draft_of(self.practice),
            "ready": ready,
            "form": form,
            "consent_text": ConsentText.objects.in_force(ConsentText.Kind.DISTRIBUTION),
            "faults": [words for messages_ in (faults or {}).values() for words in messages_],
            "again": self.practice.rounds.exists(),
        }
        return render(self.request, "practices/authoring/submit.html", context, status=status)

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        deed, _colon, what = request.POST.get("do", "").partition(":")
        if deed == "seen":
            drafts.let_stand(practice=self.practice, user=request.user, keys=[what])
            return redirect("authoring:submit", pk)
        if deed == "remove-place":
            if is_number(what) and drafts.remove_places(practice=self.practice, image_id=int(what)):
                messages.success(request, _("The place is taken out of the picture."))
            return redirect("authoring:submit", pk)
        return self.submit()

    def submit(self) -> HttpResponse:
        request = self.request
        if drafts.is_under_review(self.practice):
            return redirect("authoring:submitted", self.practice.pk)
        ready = drafts.readiness(practice=self.practice, user=request.user)
        form = DeclarationForm(request.POST, ready=ready)
        if not form.is_valid() or ready.needed or ready.unseen or not ready.is_known:
            return self.page(ready, form, status=422)
        if "consent" in form.fields and not self.consented():
            return redirect("authoring:submit", self.practice.pk)
        declared = {"rights": True, "pupils": form.cleaned_data.get("pupils", False)}
        try:
            drafts.submit(practice=self.practice, user=request.user, declared=declared)
        except drafts.NotReady as not_ready:
            return self.page(not_ready.readiness, form, status=422)
        except review.NotReady as not_ready:
            return self.page(ready, form, status=422, faults=not_ready.faults)
        return redirect("authoring:submitted", self.practice.pk)

    def consented(self) -> bool:
        """To the words that were shown; others that came into force meanwhile are shown first."""
        if agreed_to_shown_text(self.request):
            return True
        messages.info(self.request, _("The text of the consent has changed: read it anew, please."))
        return False


class SubmittedView(PracticeView):
    """Whose turn it is, and what comes next."""

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        if not drafts.is_under_review(self.practice):
            return redirect("authoring:edit", pk)
        context = {
            "practice": self.practice,
            "draft": drafts.draft_of(self.practice),
            "stage": screen.stage(self.practice),
            "answers_for": request.user.has_perm("practices.answer_for_practice", self.practice),
        }
        return render(request, "practices/authoring/submitted.html", context)
