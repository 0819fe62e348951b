"""Review: rounds over one revision each, experts' verdicts by a rubric, and the task that ties them to Wagtail."""

from collections.abc import Iterable

from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser
from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.contrib.settings.models import BaseGenericSetting, register_setting
from wagtail.models import Page, Task, TaskState

from practices.choices import TextSection


def kept_for_rounds(collector, field, sub_objs, using) -> None:
    """`PROTECT`, unless the whole practice goes: then its rounds go with it.

    `RESTRICT` would say the same, but Wagtail's `purge_revisions` steps over what is protected only.
    """
    going = {page.pk for model, pages in collector.data.items() if issubclass(model, Page) for page in pages}
    if any(one.practice_id not in going for one in sub_objs):
        models.PROTECT(collector, field, sub_objs, using)


class ReviewTask(Task):
    """The step of Wagtail's workflow that lasts until the experts agree; see `practices.review`."""

    class Meta:
        verbose_name = _("review by experts")
        verbose_name_plural = _("reviews by experts")

    def start(self, workflow_state, user: AbstractBaseUser | None = None) -> TaskState:
        """Begins a round, whichever door the practice came through: the author's page or the admin."""
        from practices.review.services import rounds  # noqa: PLC0415 - services need the models

        # Wagtail would write letters of its own to whom it knows here; `Round.submitted_by` remembers.
        workflow_state.requested_by = None
        with transaction.atomic():
            task_state = super().start(workflow_state, user=user)
            rounds.begin(task_state=task_state, user=user)
        return task_state

    def get_actions(self, obj, user: AbstractBaseUser) -> list[tuple[str, str, bool]]:
        """What a coordinator may do in the admin: the same decisions as on the portal."""
        from practices.review import admin  # noqa: PLC0415

        return admin.actions_of(obj, user)

    def get_form_for_action(self, action: str):
        from practices.review import admin  # noqa: PLC0415

        return admin.form_of(action)

    def on_action(self, task_state: TaskState, user: AbstractBaseUser, action_name: str, **kwargs) -> str | None:
        """Decides the round; returns where to go if it was decided before."""
        from practices.review import admin  # noqa: PLC0415

        return admin.act(task_state, user, action_name, kwargs.get("comment", ""))

    def get_task_states_user_can_moderate(self, user: AbstractBaseUser, **kwargs):
        from practices.review import admin  # noqa: PLC0415

        return admin.states_for(self, user)

    def locked_for_user(self, obj, user: AbstractBaseUser) -> bool:
        """What is under review is changed by nobody; the author may call it back."""
        return True

    @classmethod
    def get_description(cls):
        return _("Experts read a practice and decide by the rubric")


@register_setting(icon="order")
class ReviewSettings(BaseGenericSetting):
    """How reviews go, as the coordinator wants it."""

    experts = models.PositiveSmallIntegerField(_("experts for a practice"), default=2)
    days = models.PositiveSmallIntegerField(_("days for a review"), default=10)
    remind_before = models.PositiveSmallIntegerField(_("remind so many days before"), default=3)
    monthly_cap = models.PositiveSmallIntegerField(_("reviews of one expert a month, at most"), default=4)
    gap = models.PositiveSmallIntegerField(
        _("gap that calls another expert"), default=2, help_text=_("Points between two experts by one criterion.")
    )
    best_from = models.DecimalField(
        _("«Best practice» from"),
        max_digits=3,
        decimal_places=2,
        default="2.60",
        help_text=_("Mean of all criteria, of 3, where all experts accept."),
    )
    shows_experts = models.BooleanField(_("authors see who reviewed them"), default=False)

    class Meta:
        verbose_name = _("review")
        constraints = [
            models.CheckConstraint(condition=models.Q(experts__range=(1, 5)), name="review_has_some_experts"),
            models.CheckConstraint(condition=models.Q(days__range=(1, 90)), name="review_lasts_some_days"),
            models.CheckConstraint(condition=models.Q(best_from__range=(0, 3)), name="best_from_is_of_three"),
        ]

    def __str__(self):
        return str(_("Review"))


class Criterion(models.Model):
    """A line of the rubric, with a sentence for each level from 0 to 3."""

    code = models.SlugField(_("code"), max_length=40, unique=True)
    title = models.CharField(_("title"), max_length=100)
    question = models.CharField(_("what is asked"), max_length=250)
    level_0 = models.CharField(_("0 points"), max_length=250)
    level_1 = models.CharField(_("1 point"), max_length=250)
    level_2 = models.CharField(_("2 points"), max_length=250)
    level_3 = models.CharField(_("3 points"), max_length=250)
    order = models.PositiveSmallIntegerField(_("order"), default=100)
    is_active = models.BooleanField(_("in use"), default=True)

    panels = ["title", "question", "level_0", "level_1", "level_2", "level_3", "order", "code", "is_active"]

    class Meta:
        ordering = ["order", "pk"]
        verbose_name = _("criterion")
        verbose_name_plural = _("rubric")

    def __str__(self):
        return self.title

    @property
    def levels(self) -> list[tuple[int, str]]:
        return [(points, getattr(self, f"level_{points}")) for points in range(4)]


class RoundQuerySet(models.QuerySet):
    """Rounds, by the questions that pages ask."""

    def open(self) -> "RoundQuerySet":
        return self.filter(closed_at=None)

    def latest_of(self, practice_ids: Iterable[int]) -> "RoundQuerySet":
        """The last round of each practice."""
        return self.filter(practice__in=practice_ids).order_by("practice", "-number").distinct("practice").defer("note")


class Round(models.Model):
    """One passage of a practice through review: which text, who read it, how it ended."""

    class Outcome(models.TextChoices):
        ACCEPTED = "accepted", _("accepted")
        RETURNED = "returned", _("returned for changes")
        REJECTED = "rejected", _("rejected")
        CALLED_BACK = "called_back", _("called back by the author")

    practice = models.ForeignKey("practices.PracticePage", on_delete=models.CASCADE, related_name="rounds")
    number = models.PositiveSmallIntegerField(_("number"))
    task_state = models.OneToOneField("wagtailcore.TaskState", on_delete=kept_for_rounds, related_name="+")
    #: The very text that is read; a later save of the draft does not change it.
    revision = models.ForeignKey("wagtailcore.Revision", on_delete=kept_for_rounds, related_name="+")
    submitted_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    opened_at = models.DateTimeField(_("submitted"), default=timezone.now)
    outcome = models.CharField(_("outcome"), max_length=15, choices=Outcome, blank=True)
    closed_at = models.DateTimeField(_("decided"), null=True, blank=True)
    #: Empty where the experts' verdicts decided by themselves.
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    note = models.TextField(_("what the coordinator says"), blank=True, max_length=4000)

    objects = RoundQuerySet.as_manager()

    class Meta:
        ordering = ["practice", "number"]
        verbose_name = _("round of review")
        verbose_name_plural = _("rounds of review")
        constraints = [
            models.UniqueConstraint(fields=["practice", "number"], name="round_number_is_unique"),
            models.UniqueConstraint(
                fields=["practice"], condition=models.Q(closed_at=None), name="one_open_round_of_a_practice"
            ),
            models.CheckConstraint(
                condition=models.Q(closed_at=None, outcome="")
                | models.Q(closed_at__isnull=False, outcome__in=["accepted", "returned", "rejected", "called_back"]),
                name="closed_round_has_an_outcome",
            ),
        ]

    def __str__(self):
        return f"{self.practice}, {self.number}"

    @property
    def is_open(self) -> bool:
        return self.closed_at is None


class ReviewQuerySet(models.QuerySet):
    """Reviews, by the questions that pages ask."""

    def waiting(self) -> "ReviewQuerySet":
        """Which an expert is asked for now."""
        return self.filter(state=Review.State.ASKED, round__closed_at=None)

    def done(self) -> "ReviewQuerySet":
        return self.filter(state=Review.State.DONE)


class Review(models.Model):
    """One expert's reading of one round's text: asked, perhaps declined or taken over, done with a verdict."""

    class State(models.TextChoices):
        ASKED = "asked", _("waits for the expert")
        DONE = "done", _("done")
        DECLINED = "declined", _("declined")
        RELEASED = "released", _("taken off the expert")

    class Verdict(models.TextChoices):
        ACCEPT = "accept", _("Accept")
        RETURN = "return", _("Return for changes")
        REJECT = "reject", _("Reject")

    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="reviews")
    expert = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="reviews", verbose_name=_("expert")
    )
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.ASKED)
    #: Called because two experts disagreed.
    is_extra = models.BooleanField(default=False)
    asked_at = models.DateTimeField(_("asked"), default=timezone.now)
    due_at = models.DateTimeField(_("due"))
    reminded_at = models.DateTimeField(null=True, blank=True)
    #: Grows with every save of the unfinished review: who saves names the number they began from.
    version = models.PositiveIntegerField(default=0)
    saved_at = models.DateTimeField(null=True, blank=True)
    verdict = models.CharField(_("verdict"), max_length=10, choices=Verdict, blank=True)
    text = models.TextField(_("to the author"), blank=True, max_length=10_000)
    finished_at = models.DateTimeField(_("finished"), null=True, blank=True)
    #: Why it was declined or taken off the expert, in their or the coordinator's words.
    reason = models.CharField(_("reason"), blank=True, max_length=500)

    objects = ReviewQuerySet.as_manager()

    class Meta:
        ordering = ["due_at", "pk"]
        verbose_name = _("review")
        verbose_name_plural = _("reviews")
        constraints = [
            models.UniqueConstraint(fields=["round", "expert"], name="one_review_of_a_round_by_an_expert"),
            models.CheckConstraint(
                condition=models.Q(state__in=["asked", "done", "declined", "released"]), name="review_state_is_known"
            ),
            models.CheckConstraint(
                condition=~models.Q(state="done")
                | models.Q(verdict__in=["accept", "return", "reject"], finished_at__isnull=False),
                name="review_done_has_a_verdict",
            ),
        ]
        indexes = [models.Index(fields=["expert", "state", "due_at"], name="reviews_of_an_expert")]

    def __str__(self):
        return f"{self.round}: {self.expert}"


class Score(models.Model):
    """Points of a review by one criterion."""

    review = models.ForeignKey(Review, on_delete=models.CASCADE, related_name="scores")
    criterion = models.ForeignKey(Criterion, on_delete=models.PROTECT, related_name="+")
    points = models.PositiveSmallIntegerField()

    class Meta:
        verbose_name = _("score")
        constraints = [
            models.UniqueConstraint(fields=["review", "criterion"], name="one_score_by_a_criterion"),
            models.CheckConstraint(condition=models.Q(points__range=(0, 3)), name="score_is_of_three"),
        ]

    def __str__(self):
        return f"{self.criterion}: {self.points}"


class SectionComment(models.Model):
    """What an expert says to one section of the text."""

    review = models.ForeignKey(Review, on_delete=models.CASCADE, related_name="comments")
    #: A code of `practices.choices.TextSection`.
    section = models.CharField(max_length=20)
    text = models.TextField(max_length=4000)

    class Meta:
        verbose_name = _("comment to a section")
        constraints = [models.UniqueConstraint(fields=["review", "section"], name="one_comment_to_a_section")]

    def __str__(self):
        return f"{self.section}: {self.text[:40]}"

    @property
    def section_title(self) -> str:
        return str(TextSection(self.section).label)


class RoundDeed(models.Model):
    """A line of the log of a round: who did what with it. Never changed, never deleted but with the round."""

    class Deed(models.TextChoices):
        OPENED = "opened", _("submitted for review")
        ASKED = "asked", _("asked an expert")
        DECLINED = "declined", _("the expert declined")
        RELEASED = "released", _("took the review off the expert")
        MOVED = "moved", _("moved the due date")
        FINISHED = "finished", _("the expert gave a verdict")
        ANOTHER = "another", _("the experts disagree: another is needed")
        DECIDED = "decided", _("decided")
        CALLED_BACK = "called_back", _("the author called it back")

    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="deeds")
    at = models.DateTimeField(default=timezone.now)
    #: Empty where the portal did it by itself.
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    deed = models.CharField(max_length=15, choices=Deed)
    expert = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    text = models.CharField(max_length=500, blank=True)

    class Meta:
        ordering = ["at", "pk"]
        verbose_name = _("line of a round's log")

    def __str__(self):
        return f"{self.round}: {self.get_deed_display()}"
