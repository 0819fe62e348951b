"""Colleagues who write together: the author's list of them, and a colleague's answer."""

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import ConsentText
from accounts.services.consents import has_consent
from practices.authoring import drafts
from practices.models import CoauthorInvitation

from .base import AuthorView, PracticeView, agreed_to_shown_text

DISTRIBUTION = ConsentText.Kind.DISTRIBUTION


class InviteForm(forms.Form):
    """Whom to ask."""

    email = forms.EmailField(
        max_length=CoauthorInvitation._meta.get_field("email").max_length,
        label=gettext_lazy("Colleague's e-mail"),
        help_text=gettext_lazy("They get a letter with a link and become an author when they agree."),
        error_messages={"required": gettext_lazy("Write the colleague's address.")},
    )


class CoauthorsView(PracticeView):
    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        return self.page(InviteForm())

    def page(self, form: InviteForm, status: int = 200) -> HttpResponse:
        draft = drafts.draft_of(self.practice)
        invitations = CoauthorInvitation.objects.filter(submission=self.practice.pk).order_by("created_at")
        context = {
            "practice": self.practice,
            "draft": draft,
            "authors": draft.authors.all(),
            "invitations": invitations.exclude(state__in=["accepted", "taken_back"]),
            "form": form,
            "answers_for": self.answers_for,
            "under_review": drafts.is_under_review(self.practice),
        }
        return render(self.request, "practices/authoring/coauthors.html", context, status=status)

    @property
    def answers_for(self) -> bool:
        return self.request.user.has_perm("practices.answer_for_practice", self.practice)

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        if "leave" in request.POST and not self.answers_for:
            return self.leave()
        if not self.answers_for:
            raise Http404
        if back := request.POST.get("take_back", ""):
            mine = CoauthorInvitation.objects.filter(submission=self.practice.pk)
            drafts.take_back_invitation(
                invitation=get_object_or_404(mine, pk=int(back) if back.isdecimal() and len(back) < 18 else 0)  # noqa: PLR2004
            )
            messages.success(request, _("The invitation is taken back."))
            return redirect("authoring:coauthors", pk)
        return self.invite(InviteForm(request.POST))

    def invite(self, form: InviteForm) -> HttpResponse:
        if not form.is_valid():
            return self.page(form, status=422)
        email = form.cleaned_data["email"]
        try:
            drafts.invite_coauthor(practice=self.practice, by=self.request.user, email=email)
        except drafts.InvitationRefused as refused:
            form.add_error("email", str(refused))
            return self.page(form, status=422)
        messages.success(self.request, _("The invitation goes to %(email)s.") % {"email": email})
        return redirect("authoring:coauthors", self.practice.pk)

    def leave(self) -> HttpResponse:
        try:
            drafts.leave(practice=self.practice, user=self.request.user)
        except drafts.NotWhileUnderReview:
            messages.error(self.request, _("The practice is under review: wait for the experts' decision."))
            return redirect("authoring:coauthors", self.practice.pk)
        messages.success(self.request, _("You are not an author of this practice any more."))
        return redirect("authoring:start")


class InvitationView(AuthorView):
    """What a colleague is asked to agree to, and the answer."""

    def get(self, request: HttpRequest, code: str) -> HttpResponse:
        return self.page(self.invitation(code))

    def invitation(self, code: str) -> CoauthorInvitation:
        """An open one, or one that this person has answered; others are as good as none."""
        found = CoauthorInvitation.objects.select_related("submission__practice", "invited_by").filter(code=code)
        invitation = get_object_or_404(found)
        mine = invitation.answered_by_id == self.request.user.pk
        if invitation.state == CoauthorInvitation.State.TAKEN_BACK or (invitation.answered_by_id and not mine):
            raise Http404
        return invitation

    def page(self, invitation: CoauthorInvitation, status: int = 200, error: str = "") -> HttpResponse:
        context = {
            "invitation": invitation,
            "draft": drafts.draft_of(invitation.submission.practice),
            "needs_consent": not has_consent(self.request.user, DISTRIBUTION),
            "consent_text": ConsentText.objects.in_force(DISTRIBUTION),
            "error": error,
        }
        return render(self.request, "practices/authoring/invitation.html", context, status=status)

    def post(self, request: HttpRequest, code: str) -> HttpResponse:
        invitation = self.invitation(code)
        try:
            return self.answer(invitation)
        except drafts.InvitationClosed:
            return self.closed(code)

    def closed(self, code: str) -> HttpResponse:
        """Answered before, or taken back or answered by somebody else at this very moment."""
        if CoauthorInvitation.objects.filter(code=code, answered_by=self.request.user).exists():
            return redirect("authoring:invitation", code)
        messages.error(self.request, _("This invitation is open no more: ask the author for another one."))
        return redirect("authoring:start")

    def answer(self, invitation: CoauthorInvitation) -> HttpResponse:
        request, code = self.request, invitation.code
        if request.POST.get("answer") == "decline":
            drafts.decline_invitation(code=code, user=request.user)
            return redirect("authoring:invitation", code)
        if request.POST.get("consent") and not agreed_to_shown_text(request):
            return self.page(invitation, 422, _("The text of the consent has changed: read it anew, please."))
        try:
            drafts.accept_invitation(code=code, user=request.user)
        except drafts.NoConsent:
            return self.page(invitation, 422, _("Without this consent the portal may not publish your name."))
        except drafts.NotWhileUnderReview:
            words = _("The practice is under review now: agree when the experts have decided. The link stays good.")
            return self.page(invitation, 409, words)
        messages.success(request, _("You are a co-author now."))
        return redirect("authoring:edit", invitation.submission.practice_id)
