"""The expert's own pages: what waits for them, and the one screen on which they read and judge."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views import View
from django.views.generic import TemplateView

from practices.models import Review
from practices.review import lists, services
from practices.review.forms import DeclineForm, ReviewForm
from practices.review.screen import own_context, screen_context

from .guarded import Guarded


class IndexView(Guarded, TemplateView):
    """What an expert is asked to read, the most urgent first, and what they have read."""

    permission = "practices.review_practices"
    template_name = "practices/review/index.html"

    def get_context_data(self, **kwargs) -> dict:
        user = self.request.user
        lists_of_theirs = {"waiting": lists.waiting_for(user), "done": lists.done_by(user), "now": timezone.now()}
        return super().get_context_data(**lists_of_theirs, **kwargs)


class OfReview(Guarded):
    """A page of one review of one's own."""

    permission = "practices.read_review"

    def find(self) -> Review:
        reviews = Review.objects.select_related("round__practice", "round__revision", "expert")
        return get_object_or_404(reviews.prefetch_related("scores", "comments"), pk=self.kwargs["pk"])

    @property
    def is_mine_still(self) -> bool:
        return self.object.state == Review.State.ASKED and self.object.round.is_open

    def show(
        self, form: ReviewForm | None, *, typed: services.Written | None = None, decline_form: DeclineForm | None = None
    ) -> HttpResponse:
        """The expert's screen; of what is not theirs to read any more only their own words."""
        if self.object.state in (Review.State.DECLINED, Review.State.RELEASED):
            context = own_context(self.object)
        else:
            context = screen_context(self.object, self.request, form)
        context |= {
            "standing": "" if form else standing(self.object),
            "typed": typed,
            "decline_form": decline_form or DeclineForm(),
        }
        has_faults = any(each.errors for each in (form, decline_form) if each)
        return render(self.request, "practices/review/read.html", context, status=422 if has_faults else 200)


class ReadView(OfReview, View):
    """Reads, writes, saves, gives the verdict. Saving answers in JSON to the script that saves by itself."""

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        return self.show(ReviewForm(review=self.object) if self.is_mine_still else None)

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        form = ReviewForm(request.POST, review=self.object)
        finishes = request.POST.get("action") == "finish"
        by_itself = not finishes and request.accepts("application/json") and not request.accepts("text/html")
        if not form.is_valid():
            if not self.is_mine_still:
                return self.too_late(form, by_itself=by_itself)
            return self.refuse(form) if by_itself else self.show(form)
        try:
            return self.write(form, finishes=finishes, by_itself=by_itself)
        except services.Stale as refusal:
            return self.saved_elsewhere(form, refusal.current, by_itself=by_itself)
        except (services.NotYours, services.RoundClosed):
            self.object = self.find()
            return self.too_late(form, by_itself=by_itself)

    def write(self, form: ReviewForm, *, finishes: bool, by_itself: bool) -> HttpResponse:
        version = form.cleaned_data["version"]
        if finishes:
            try:
                services.finish_review(review=self.object, version=version, data=form.written)
            except services.Incomplete as refusal:
                return self.keep_and_say(form, refusal.lacks)
            messages.success(self.request, _("Thank you! Your verdict is given."))
            return redirect("review:index")
        review = services.save_review(review=self.object, version=version, data=form.written)
        saved = _("Saved at %(time)s") % {"time": date_format(timezone.localtime(review.saved_at), "H:i")}
        if by_itself:
            return JsonResponse({"version": review.version, "message": saved})
        messages.success(self.request, saved)
        return redirect("review:read", pk=review.pk)

    def keep_and_say(self, form: ReviewForm, lacks: dict[str, str]) -> HttpResponse:
        """A verdict that lacks something is saved as it is, and shown with what it lacks."""
        review = services.save_review(review=self.object, version=form.cleaned_data["version"], data=form.written)
        again = self.typed_over(review)
        again.say(lacks)
        return self.show(again)

    def too_late(self, form: ReviewForm, *, by_itself: bool) -> HttpResponse:
        """Nothing that was typed is lost: it is shown, though it cannot be saved any more."""
        if by_itself:
            return JsonResponse({"message": standing(self.object), "is_over": True}, status=409)
        return self.show(None, typed=form.typed)

    def saved_elsewhere(self, form: ReviewForm, current: Review, *, by_itself: bool) -> HttpResponse:
        time = date_format(timezone.localtime(current.saved_at), "H:i")
        message = _("This review was saved in another window at %(time)s.") % {"time": time}
        if by_itself:
            return JsonResponse({"message": message, "is_over": False}, status=409)
        again = self.typed_over(current)
        again.add_error(None, message + " " + _("Below is what you have typed here. Save again to keep this."))
        return self.show(again)

    def typed_over(self, current: Review) -> ReviewForm:
        """What was typed, going on from the review as it stands."""
        typed = self.request.POST.copy()
        typed["version"] = str(current.version)
        form = ReviewForm(typed, review=current)
        form.is_valid()
        return form

    def refuse(self, form: ReviewForm) -> HttpResponse:
        faults = [f"{form[name].label}: {fault}" for name, found in form.errors.items() for fault in found]
        return JsonResponse({"message": " ".join(faults), "is_over": False}, status=400)


class DeclineView(OfReview, View):
    """One press hands the review over. Who comes by the address is asked to press."""

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        return redirect("review:read", pk=pk)

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        form = DeclineForm(request.POST)
        if not form.is_valid() and self.is_mine_still:
            return self.show(ReviewForm(review=self.object), decline_form=form)
        try:
            services.decline(review=self.object, reason=form.cleaned_data.get("reason", ""))
        except (services.NotYours, services.RoundClosed):
            messages.info(request, standing(self.find()))
        else:
            messages.success(request, _("You have declined. Another expert is asked, you need do nothing more."))
        return redirect("review:index")


def standing(review: Review) -> str:
    """Why nothing can be written to a review any more."""
    if review.state == Review.State.DONE:
        day = date_format(timezone.localtime(review.finished_at), "j E, H:i")
        return _("Your verdict was given on %(day)s. It can be changed no more.") % {"day": day}
    if review.state == Review.State.DECLINED:
        return _("You have declined this review.")
    if not review.round.is_open:
        return _("The practice is decided already: %(outcome)s. Your verdict is not needed.") % {
            "outcome": review.round.get_outcome_display()
        }
    return _("The review is handed over to another expert. What you wrote is kept here.")
