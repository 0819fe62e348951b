from django import forms
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from moderation import registry
from moderation.models import Complaint

LONGEST = 3000


class ComplaintForm(forms.ModelForm):
    """What is wrong, in a reason and in words; a visitor may leave an address for the answer."""

    #: No person sees this field: whatever fills it is a machine.
    website = forms.CharField(required=False, max_length=200, widget=forms.TextInput(attrs={"autocomplete": "off"}))

    class Meta:
        model = Complaint
        fields = ["reason", "text", "email"]
        widgets = {"reason": forms.RadioSelect, "text": forms.Textarea(attrs={"rows": 5})}
        labels = {"reason": gettext_lazy("What is wrong"), "text": gettext_lazy("In your own words")}
        help_texts = {
            "text": gettext_lazy("Which place, and what should be done about it."),
            "email": gettext_lazy("Only for the answer; without an address there will be none."),
        }

    def __init__(self, *args, is_member: bool, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["reason"].choices = Complaint.Reason.choices
        self.fields["reason"].error_messages["required"] = _("Choose what is wrong.")
        self.fields["text"].error_messages["required"] = _("Say in a few words what is wrong.")
        self.fields["email"].widget.attrs["autocomplete"] = "email"
        if is_member:
            del self.fields["email"]

    @property
    def is_trapped(self) -> bool:
        return bool(self.data.get("website"))


class ComplaintsField(forms.ModelMultipleChoiceField):
    """Complaints about one object, each by who made it, when and why."""

    def label_from_instance(self, complaint: Complaint) -> str:
        return _("%(who)s, %(when)s: %(reason)s") % {
            "who": complaint.complainer or complaint.email or _("a visitor"),
            "when": date_format(localtime(complaint.created_at), "SHORT_DATETIME_FORMAT"),
            "reason": complaint.get_reason_display(),
        }


class DecisionForm(forms.Form):
    """The coordinator's word to those who complained."""

    complaints = ComplaintsField(
        queryset=Complaint.objects.none(),
        label=gettext_lazy("Which complaints"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": gettext_lazy("Choose at least one complaint.")},
    )
    state = forms.ChoiceField(
        label=gettext_lazy("Decision"),
        choices=[
            (Complaint.State.UPHELD, gettext_lazy("Uphold: the complaint is right")),
            (Complaint.State.DISMISSED, gettext_lazy("Dismiss: there is nothing to put right")),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose a decision.")},
    )
    answer = forms.CharField(
        label=gettext_lazy("Answer"),
        help_text=gettext_lazy("Everybody who complained will read it: what is decided and why."),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": gettext_lazy("Write an answer.")},
    )

    def __init__(self, *args, complaint: Complaint, **kwargs):
        super().__init__(*args, **kwargs)
        about = Complaint.objects.beside(complaint).select_related("complainer").order_by("pk")
        field = self.fields["complaints"]
        # A second press names complaints that the first has decided: the service says so, in better words.
        field.queryset = about if self.is_bound else about.open()
        field.initial = list(about.open().values_list("pk", flat=True))


class WhyForm(forms.Form):
    """Why an object is hidden or shown again."""

    reason = forms.CharField(
        label=gettext_lazy("Why"),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": gettext_lazy("Say why: the log keeps it.")},
    )


class QueueForm(forms.Form):
    """Which complaints the queue shows; what is not understood is left out."""

    state = forms.ChoiceField(
        label=gettext_lazy("State"),
        required=False,
        choices=[
            ("", gettext_lazy("All, the waiting ones first")),
            ("open", gettext_lazy("Waiting for a decision")),
            ("decided", gettext_lazy("Decided already")),
        ],
    )
    reason = forms.ChoiceField(label=gettext_lazy("What is wrong"), required=False)
    about = forms.ChoiceField(label=gettext_lazy("About what"), required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        anything = [("", gettext_lazy("Anything"))]
        self.fields["reason"].choices = anything + Complaint.Reason.choices
        self.fields["about"].choices = anything + [(known.label, known.name) for known in registry.everything()]

    def wishes(self) -> dict[str, str]:
        """What was understood, by the field's name."""
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value}
