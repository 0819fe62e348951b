"""The review in Wagtail's admin: the same decisions as on the portal, and the rubric."""

import rules
from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin import messages
from wagtail.models import TaskState
from wagtail.snippets.views.snippets import SnippetViewSet

from accounts.models import User
from practices.models import Criterion, PracticePage, ReviewTask, Round, Score
from practices.review import services

ACTIONS = {
    "approve": Round.Outcome.ACCEPTED,
    "return": Round.Outcome.RETURNED,
    "reject": Round.Outcome.REJECTED,
}


class DecisionForm(forms.Form):
    """What the coordinator says to the author."""

    comment = forms.CharField(label=_("To the author"), max_length=4000, widget=forms.Textarea)


class AcceptForm(DecisionForm):
    """To accept needs no word."""

    comment = forms.CharField(label=_("To the author"), max_length=4000, required=False, widget=forms.Textarea)


def actions_of(practice: PracticePage, user: User) -> list[tuple[str, str, bool]]:
    if not rules.has_perm("practices.decide_on_practice", user, practice):
        return []
    return [
        ("return", _("Return to the author"), True),
        ("reject", _("Reject"), True),
        ("approve", _("Accept and publish"), True),
    ]


def form_of(action: str) -> type[forms.Form]:
    return AcceptForm if action == "approve" else DecisionForm


def act(task_state: TaskState, user: User, action: str, comment: str) -> str | None:
    """Decides as the portal's own page does; where that cannot be, leads to the page that says why."""
    reviewed = Round.objects.get(task_state=task_state.pk)
    try:
        services.decide(round=reviewed, outcome=ACTIONS[action], by=user, note=comment)
    except (services.RoundClosed, services.NoteNeeded):
        return reverse("review:round", args=[reviewed.pk])
    return None


def states_for(task: ReviewTask, user: User):
    """What waits on the admin's first page: for coordinators, all that is under review."""
    if not rules.has_perm("practices.coordinate_reviews", user):
        return TaskState.objects.none()
    return task.task_states.filter(status=TaskState.STATUS_IN_PROGRESS)


class CriterionViewSet(SnippetViewSet):
    """The rubric. A line by which somebody has been judged is switched off, not deleted."""

    model = Criterion
    icon = "list-ol"
    menu_label = _("Rubric of reviews")
    add_to_admin_menu = False
    list_display = ["title", "order", "is_active"]
    ordering = ["order", "pk"]
    panels = Criterion.panels


@hooks.register("before_delete_snippet")
def keep_what_was_judged_by(request: HttpRequest, instances: list) -> HttpResponse | None:
    """A line of the rubric that stands in somebody's review stays, were it only one of many marked."""
    used = Score.objects.filter(criterion__in=[each for each in instances if isinstance(each, Criterion)])
    titles = sorted(set(used.values_list("criterion__title", flat=True)))
    if not titles:
        return None
    words = _("Practices were judged by it: take off «in use» instead of deleting. %(titles)s")
    messages.error(request, words % {"titles": ", ".join(titles)})
    return redirect("wagtailsnippets_practices_criterion:list")
