"""What a person wants by mail: one question a group."""

from django import forms
from django.utils.text import capfirst, format_lazy
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from notifications.kinds import Frequency, Group, Kind, kinds_of
from notifications.models import Preference

USUAL = "usual"
Choice = Preference.Choice


class PreferencesForm(forms.Form):
    """`choices()` for `services.choosing.choose`; groups that never concern the person are not asked about."""

    def __init__(self, *args, person: User, **kwargs):
        super().__init__(*args, **kwargs)
        chosen = dict(Preference.objects.filter(person=person).values_list("group", "choice"))
        for group in Group:
            if kinds := kinds_of(group, person):
                self.fields[group.value] = question(group, kinds, chosen.get(group.value))

    def choices(self) -> dict[str, str | None]:
        return {group: None if choice == USUAL else choice for group, choice in self.cleaned_data.items()}


def question(group: Group, kinds: list[Kind], chosen: str | None) -> forms.ChoiceField:
    defaults = {kind.default for kind in kinds}
    if defaults == {Frequency.AT_ONCE, Frequency.DAILY}:
        offered = [(USUAL, _("what is important at once, the rest once a day")), *Choice.choices]
        initial = chosen or USUAL
    else:
        offered = [(code, label) for code, label in Choice.choices if code != Choice.IMPORTANT]
        initial = chosen if chosen and chosen != Choice.IMPORTANT else next(iter(defaults)).value
    return forms.ChoiceField(
        label=group.label, help_text=described(kinds), choices=offered, initial=initial, widget=forms.RadioSelect
    )


def described(kinds: list[Kind]):
    """What a group holds, the important first."""
    important = ", ".join(within(kind) for kind in kinds if kind.default == Frequency.AT_ONCE)
    rest = ", ".join(within(kind) for kind in kinds if kind.default != Frequency.AT_ONCE)
    if important and rest:
        return format_lazy(_("Important: {important}. The rest: {rest}."), important=important, rest=rest)
    return f"{capfirst(important or rest)}."


def within(kind: Kind) -> str:
    """A kind's title in the middle of a sentence."""
    title = str(kind.title)
    return title[:1].lower() + title[1:]
