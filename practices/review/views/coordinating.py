"""The coordinator's pages: all queues on one screen, and a round with all that can be done with it."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views import View
from django.views.generic import TemplateView

from accounts.models import User
from practices.models import Review, Round
from practices.review import lists, services
from practices.review.forms import AssignForm, DecideForm, MoveForm, ReleaseForm
from practices.review.heard import is_best, round_score
from practices.review.screen import text_context
from practices.review.services.filling import eligible, with_loads

from .guarded import Guarded

#: Digits of a key that the database can hold.
LONGEST_KEY = 18


class QueueView(Guarded, TemplateView):
    """What is under review, whose turn it is and how long it takes; the experts and what lies on them."""

    permission = "practices.coordinate_reviews"
    template_name = "practices/review/queue.html"

    def get_context_data(self, **kwargs) -> dict:
        rows = lists.queue(self.request.user)
        # Loads change when experts are asked: a coordinator whose own work is read would learn by whom.
        is_author = any(row.is_own for row in rows)
        loads = [] if is_author else lists.loads()
        return super().get_context_data(rows=rows, loads=loads, hides_loads=is_author, now=timezone.now(), **kwargs)


class OfRound(Guarded):
    """A page of one round, shown by `RoundView`."""

    permission = "practices.coordinate_round"

    def find(self) -> Round:
        rounds = Round.objects.select_related("practice", "revision", "submitted_by", "decided_by")
        return get_object_or_404(rounds, pk=self.kwargs["pk"])

    def people(self):
        asked = self.object.reviews.filter(state__in=[Review.State.ASKED, Review.State.DONE])
        return with_loads(eligible(self.object).exclude(pk__in=asked.exclude(expert=None).values("expert")))

    def show(self, status: int = 200, **forms) -> HttpResponse:
        """The round's page; a form that came back with mistakes stands in the place of the fresh one."""
        reviewed = self.object
        reviews = reviewed.reviews.select_related("expert").prefetch_related("comments", "scores__criterion")
        context = {
            "round": reviewed,
            "reviews": [(review, MoveForm(auto_id=f"move-{review.pk}-%s")) for review in reviews.order_by("pk")],
            "deeds": reviewed.deeds.select_related("by", "expert"),
            "score": round_score(reviewed),
            "is_best": is_best(reviewed),
            "assign_form": AssignForm(people=self.people()),
            "decide_form": DecideForm(),
            **text_context(reviewed, self.request),
            **forms,
        }
        return render(self.request, "practices/review/round.html", context, status=status)


class RoundView(OfRound, View):
    """One round: its text, its experts, what they said, the log; and the buttons."""

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        return self.show()


class AssignView(OfRound, View):
    http_method_names = ["post"]

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        form = AssignForm(request.POST, people=self.people())
        chosen = User.objects.filter(pk=_number(request.POST.get("expert"))).first()
        if not form.is_valid() and not (chosen and self.object.reviews.filter(expert=chosen).exists()):
            return self.show(422, assign_form=form)
        try:
            services.assign(round=self.object, expert=chosen, by=request.user)
        except services.RoundClosed:
            messages.info(request, decided(self.find()))
        except services.CannotReview:
            messages.error(request, _("This expert cannot review this practice."))
        else:
            messages.success(request, _("%(name)s is asked.") % {"name": chosen})
        return redirect("review:round", pk=pk)


class OfRoundsReview(OfRound):
    """A deed with one expert's review of the round."""

    http_method_names = ["post"]

    def review(self) -> Review:
        return get_object_or_404(self.object.reviews, pk=self.kwargs["review_pk"])

    def do(self, deed, said: str) -> HttpResponse:
        try:
            deed()
        except services.RoundClosed:
            messages.info(self.request, decided(self.find()))
        except services.NotYours:
            messages.info(self.request, _("Nothing to do: the expert does not read it any more."))
        else:
            messages.success(self.request, said)
        return redirect("review:round", pk=self.object.pk)


class ReleaseView(OfRoundsReview, View):
    def post(self, request: HttpRequest, pk: int, review_pk: int) -> HttpResponse:
        review, form = self.review(), ReleaseForm(request.POST)
        if not form.is_valid():
            messages.error(request, " ".join(form.errors["reason"]))
            return redirect("review:round", pk=pk)
        return self.do(
            lambda: services.release(review=review, by=request.user, reason=form.cleaned_data["reason"]),
            _("The review is taken off %(name)s.") % {"name": review.expert or _("the expert")},
        )


class MoveView(OfRoundsReview, View):
    def post(self, request: HttpRequest, pk: int, review_pk: int) -> HttpResponse:
        review, form = self.review(), MoveForm(request.POST)
        if not form.is_valid():
            messages.error(request, " ".join(form.errors["due_on"]))
            return redirect("review:round", pk=pk)
        return self.do(
            lambda: services.move(review=review, due_on=form.cleaned_data["due_on"], by=request.user),
            _("The date is moved, the expert is told."),
        )


class DecideView(OfRound, View):
    http_method_names = ["post"]

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        form = DecideForm(request.POST)
        if not form.is_valid():
            return self.show(422, decide_form=form)
        values = form.cleaned_data
        try:
            services.decide(round=self.object, outcome=values["outcome"], by=request.user, note=values["note"])
        except services.RoundClosed:
            messages.info(request, decided(self.find()))
        else:
            messages.success(request, _("Decided. The author and the experts are told."))
        return redirect("review:round", pk=pk)


def decided(ended: Round) -> str:
    return _("It is decided already: %(outcome)s. Nothing has changed.") % {"outcome": ended.get_outcome_display()}


def _number(text: str | None) -> int | None:
    return int(text) if text and text.isdecimal() and len(text) <= LONGEST_KEY else None
