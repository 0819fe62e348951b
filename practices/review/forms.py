"""What an expert fills in, and what a coordinator presses."""

from typing import Any

from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from practices.choices import TextSection
from practices.models import Criterion, Review, Round
from practices.review.services import Written
from practices.review.services.filling import end_of_day

Verdict = Review.Verdict


class ReviewForm(forms.Form):
    """The rubric, a comment to each section, the verdict. Nothing is required here: half a review is saved too.

    Fields: `points-<criterion>`, `comment-<section>`, `verdict`, `text`, and `version`, from which the writing began.
    """

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0)

    def __init__(self, data: Any = None, *, review: Review) -> None:
        self.review = review
        super().__init__(data, initial=initial_of(review))
        self.criteria = list(Criterion.objects.filter(Q(is_active=True) | Q(pk__in=self._scored())))
        for criterion in self.criteria:
            self.fields[f"points-{criterion.pk}"] = forms.TypedChoiceField(
                label=criterion.title,
                help_text=criterion.question,
                choices=criterion.levels,
                coerce=int,
                empty_value=None,
                required=False,
                widget=forms.RadioSelect,
            )
        self.fields["verdict"] = forms.ChoiceField(
            label=_("Your verdict"), choices=Verdict.choices, required=False, widget=forms.RadioSelect
        )
        self.fields["text"] = forms.CharField(
            label=_("To the author"),
            help_text=_(
                "What is good, what to change and how. Without it a practice is neither returned nor rejected."
            ),
            max_length=10_000,
            required=False,
            strip=False,
            widget=forms.Textarea(attrs={"rows": 8}),
        )
        for code, title in TextSection.choices:
            # The comment stands in the text, far from the form that it belongs to.
            area = forms.Textarea(attrs={"rows": 4, "form": "review"})
            self.fields[f"comment-{code}"] = forms.CharField(
                label=_("Comment to the section «%(title)s»") % {"title": title},
                max_length=4000,
                required=False,
                strip=False,
                widget=area,
            )

    def _scored(self) -> list[int]:
        return [score.criterion_id for score in self.review.scores.all()]

    @property
    def written(self) -> Written:
        """What stands in a valid form."""
        values = self.cleaned_data
        points = {criterion.pk: values[f"points-{criterion.pk}"] for criterion in self.criteria}
        return Written(
            points={key: number for key, number in points.items() if number is not None},
            comments={code: values[f"comment-{code}"] for code in TextSection.values},
            verdict=values["verdict"],
            text=values["text"],
        )

    @property
    def typed(self) -> Written:
        """The words that came, valid or not: to be shown back, never to be kept."""
        comments = {code: self.data.get(f"comment-{code}", "") for code in TextSection.values}
        return Written(comments=comments, text=self.data.get("text", ""))

    @property
    def rubric(self) -> list[forms.BoundField]:
        return [self[f"points-{criterion.pk}"] for criterion in self.criteria]

    def comment(self, section: str) -> forms.BoundField:
        return self[f"comment-{section}"]

    def say(self, lacks: dict[str, str]) -> None:
        """Puts what a verdict lacks at its fields; a line of the rubric that is newer than the form at the top."""
        for name, message in lacks.items():
            self.add_error(name if name in self.fields else None, message)


def initial_of(review: Review) -> dict:
    return {
        "version": review.version,
        "verdict": review.verdict,
        "text": review.text,
        **{f"points-{score.criterion_id}": score.points for score in review.scores.all()},
        **{f"comment-{comment.section}": comment.text for comment in review.comments.all()},
    }


class ReleaseForm(forms.Form):
    """A word to the expert whom a review is taken off."""

    reason = forms.CharField(label=_("What to tell the expert"), max_length=500, required=False)


class DeclineForm(forms.Form):
    """Why an expert declines, if they care to say."""

    reason = forms.CharField(
        label=_("Why, if you like: the coordinator alone reads it"), max_length=500, required=False
    )


class AssignForm(forms.Form):
    """Whom to ask: strangers to the practice only, each with their load."""

    expert = forms.ModelChoiceField(label=_("Whom to ask"), queryset=User.objects.none(), empty_label=None)

    def __init__(self, *args, people, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["expert"].queryset = people
        self.fields["expert"].label_from_instance = with_load


def with_load(person: User) -> str:
    return _("%(name)s — reads now: %(now)s, this month: %(month)s") % {
        "name": person.get_full_name(),
        "now": person.reading_now,
        "month": person.this_month,
    }


class MoveForm(forms.Form):
    """The new last day of a review."""

    due_on = forms.DateField(label=_("New date"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))

    def clean_due_on(self):
        chosen = self.cleaned_data["due_on"]
        if not end_of_day(0).date() <= chosen <= end_of_day(365).date():
            raise forms.ValidationError(_("Choose a day from today on, within a year."))
        return chosen


class DecideForm(forms.Form):
    """The coordinator's decision, in the place of the experts' or after them."""

    outcome = forms.ChoiceField(
        label=_("Decision"),
        choices=[
            (Round.Outcome.ACCEPTED, _("Accept and publish")),
            (Round.Outcome.RETURNED, _("Return to the author")),
            (Round.Outcome.REJECTED, _("Reject")),
        ],
        widget=forms.RadioSelect,
    )
    note = forms.CharField(
        label=_("To the author"),
        help_text=_("Needed to return or to reject."),
        max_length=4000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 5}),
    )

    def clean(self):
        values = super().clean()
        if values.get("outcome") != Round.Outcome.ACCEPTED and not values.get("note", "").strip():
            self.add_error("note", _("Tell the author why."))
        return values
