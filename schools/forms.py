from itertools import groupby

from django import forms
from django.utils.translation import gettext_lazy as _

from core.text import normalise
from schools.models import Membership, SchoolPage


class SchoolField(forms.ModelChoiceField):
    """All schools in one list, by district; a letter or two typed into it finds one even without scripts."""

    def __init__(self, **kwargs):
        super().__init__(SchoolPage.objects.none(), **kwargs)

    def offer(self, schools: list[SchoolPage]) -> None:
        self.queryset = SchoolPage.objects.filter(pk__in=[school.pk for school in schools])
        groups = groupby(schools, key=lambda school: school.district)
        self.choices = [
            ("", _("Choose a school")),
            *(
                (district or _("Without a district"), [(school.pk, school.title) for school in group])
                for district, group in groups
            ),
        ]


def schools_named(text: str) -> list[SchoolPage]:
    """Open schools whose name or number holds every word of the text, by district and number."""
    words = normalise(text).split()
    schools = SchoolPage.objects.live().public().order_by("district", "number", "title")
    return [
        school for school in schools if all(word in normalise(f"{school.title} {school.district}") for word in words)
    ]


class JoinForm(forms.Form):
    """Which school one works at, and as whom; `query` narrows the list."""

    school = SchoolField(
        label=_("School"), error_messages={"required": _("Choose a school."), "invalid_choice": _("Choose a school.")}
    )
    position = forms.CharField(label=_("Position"), max_length=200, help_text=_("For example: teacher of mathematics."))

    def __init__(self, *args, query: str = "", **kwargs):
        super().__init__(*args, **kwargs)
        schools = schools_named(query)
        self.found = len(schools)
        self.fields["school"].offer(schools)
        if query and len(schools) == 1:
            self.initial["school"] = schools[0].pk
        self.fields["position"].widget.attrs["autocomplete"] = "organization-title"


class PositionForm(forms.Form):
    """Joining by a link: the school is known."""

    position = forms.CharField(label=_("Position"), max_length=200, help_text=_("For example: teacher of mathematics."))


class RefusalForm(forms.Form):
    reason = forms.CharField(max_length=500, error_messages={"required": _("Say why: the person will read it.")})


class InvitationForm(forms.Form):
    days = forms.TypedChoiceField(
        label=_("The link works for"),
        choices=[(3, _("three days")), (7, _("a week")), (14, _("two weeks")), (30, _("a month"))],
        coerce=int,
        initial=14,
    )


class RepresentativesForm(forms.Form):
    """Which of a school's members represent it."""

    representatives = forms.ModelMultipleChoiceField(Membership.objects.none(), required=False)

    def __init__(self, *args, school: SchoolPage, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["representatives"].queryset = Membership.objects.confirmed().filter(school=school)
