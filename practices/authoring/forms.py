"""The fields of the author's page beside the body: nothing is required of a draft."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from core.blocks import INLINE_FEATURES
from core.choices import GRADE_CHOICES, Level
from core.models import Subject
from practices.authoring.cards.base import RichField, written
from practices.authoring.content import RICH, UNTITLED
from practices.choices import Kind, Licence, TextSection
from practices.models import PracticePage
from practices.models.practice import this_year

#: Years that are offered: what was tried longer ago is history.
YEARS_BACK = 30
MOST_TAGS, LONGEST_TAG = 10, 60

#: The fields of each section, in the order of the page; the body's cards and the materials are no fields.
FIELDS = {
    TextSection.ABOUT: ["title", "summary", "kind", "subjects", "grades", "levels", "tags", "year", "licence"],
    TextSection.PROBLEM: ["problem"],
    TextSection.BODY: [],
    TextSection.RESULTS: ["results", "did_not_work"],
    TextSection.TRANSFER: ["class_size", "duration", "equipment", "special_needs"],
}


def lines(rows: int) -> forms.Textarea:
    return forms.Textarea({"rows": rows})


class PracticeForm(forms.Form):
    """Everything that is said of a practice in one value each."""

    title = forms.CharField(label=_("Name of the practice"), max_length=200, required=False)
    summary = forms.CharField(label=_("In short"), max_length=500, required=False, widget=lines(3))
    kind = forms.ChoiceField(label=_("What it is"), choices=[("", _("Choose…")), *Kind.choices], required=False)
    subjects = forms.ModelMultipleChoiceField(
        label=_("Subjects"),
        queryset=Subject.objects.all(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    grades = forms.TypedMultipleChoiceField(
        label=_("Grades"), choices=GRADE_CHOICES, coerce=int, required=False, widget=forms.CheckboxSelectMultiple
    )
    levels = forms.MultipleChoiceField(
        label=_("Levels of education"), choices=Level.choices, required=False, widget=forms.CheckboxSelectMultiple
    )
    tags = forms.CharField(
        label=_("Tags"), max_length=700, required=False, widget=forms.TextInput({"data-tags": "", "lang": "ru"})
    )
    year = forms.TypedChoiceField(label=_("Year when it was tried"), coerce=int, required=False, empty_value=None)
    licence = forms.ChoiceField(
        label=_("On which terms others may use it"),
        choices=Licence.choices,
        required=False,
        widget=forms.RadioSelect,
    )
    problem = RichField(label=_("What was hard"), features=INLINE_FEATURES, rows=8)
    results = RichField(label=_("What came of it"), features=INLINE_FEATURES, rows=8)
    did_not_work = RichField(label=_("What did not work"), features=INLINE_FEATURES, rows=5)
    class_size = forms.CharField(label=_("Class size"), max_length=250, required=False)
    duration = forms.CharField(label=_("Time"), max_length=250, required=False)
    equipment = forms.CharField(label=_("Equipment"), max_length=1000, required=False, widget=lines(3))
    special_needs = forms.CharField(
        label=_("Pupils with special needs"), max_length=1000, required=False, widget=lines(3)
    )

    def __init__(self, *args, year: int | None = None, **kwargs):
        super().__init__(*args, use_required_attribute=False, **kwargs)
        years = [*range(this_year(), this_year() - YEARS_BACK, -1)]
        if year and year not in years:
            years.append(year)
        self.fields["year"].choices = [(each, str(each)) for each in years]
        for name in ("title", "summary", "class_size", "duration", "equipment", "special_needs"):
            self.fields[name].widget.attrs["lang"] = "ru"

    @classmethod
    def of(cls, draft: PracticePage | None) -> "PracticeForm":
        """The form as it opens."""
        if draft is None:
            return cls(initial={"year": this_year(), "licence": Licence.CC_BY})
        initial = {name: getattr(draft, name) for name in cls.base_fields if name not in {"tags", "subjects"}}
        initial |= {name: written(initial[name]) for name in RICH}
        initial |= {
            "title": "" if draft.title == UNTITLED else draft.title,
            "subjects": [subject.pk for subject in draft.subjects.all()],
            "tags": ", ".join(item.tag.name for item in draft.tagged_items.all()),
        }
        return cls(initial=initial, year=draft.year)

    def clean_tags(self) -> list[str]:
        names = [" ".join(name.split())[:LONGEST_TAG] for name in self.cleaned_data["tags"].split(",")]
        return [name for name in dict.fromkeys(names) if name][:MOST_TAGS]

    def content(self, links: dict[str, str]) -> dict[str, Any]:
        """What was sent and understood, as `authoring.content` wants it; the rest is left as it was."""
        self.full_clean()
        sent = {name: value for name, value in self.cleaned_data.items() if name not in self.errors}
        for name in RICH:
            if name in sent:
                sent[name] = self.fields[name].stored(sent[name], links)
        for name, value in sent.items():
            if isinstance(value, str):
                sent[name] = value.replace("\r\n", "\n").replace("\x00", "")
        sent["subjects"] = sorted(subject.pk for subject in sent.get("subjects", []))
        for name in ("year", "licence"):
            if not sent.get(name):
                sent.pop(name, None)
        sent["levels"] = list(sent.get("levels", []))
        return sent
