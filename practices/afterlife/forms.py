"""What teachers and authors write about a published practice."""

from datetime import date

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from files.limits import MEGABYTE, limit
from practices.afterlife.adoptions import Files
from practices.models import Adoption, Correction, Withdrawal

#: Nobody reports lessons of the last century.
EARLIEST = date(2000, 1, 1)


def megabytes(name: str) -> int:
    return limit(name) // MEGABYTE


class FilesOfReport(forms.ModelForm):
    """The words of a report and what comes with it."""

    photo = forms.FileField(label=_("Photo"), required=False, widget=forms.FileInput)
    pupils_consent = forms.BooleanField(
        label=_("The parents of the pupils in the photo have agreed in writing, or there are no pupils in it"),
        required=False,
    )
    document = forms.FileField(label=_("File"), required=False, widget=forms.FileInput)

    class Meta:
        model = Adoption
        fields = ["changed", "outcome"]
        widgets = {"changed": forms.Textarea(attrs={"rows": 4}), "outcome": forms.Textarea(attrs={"rows": 6})}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["photo"].widget.attrs["accept"] = "image/*"
        self.fields["photo"].help_text = _(
            "JPEG, PNG or WebP, up to %(size)s MB. Where it was taken is rubbed out of it."
        ) % {"size": megabytes("FILES_PICTURE_MAX_BYTES")}
        self.fields["document"].help_text = _(
            "Your own worksheet, your slides: an office file or a PDF, up to %(size)s MB."
        ) % {"size": megabytes("FILES_DOCUMENT_MAX_BYTES")}

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("photo") and not cleaned.get("pupils_consent"):
            self.add_error("pupils_consent", _("A photo is published only with this consent."))
        return cleaned

    def words(self) -> dict[str, str]:
        return {"changed": self.cleaned_data["changed"], "outcome": self.cleaned_data["outcome"]}

    def attachments(self) -> Files:
        data = self.cleaned_data
        return Files(data["photo"], data["document"], data["pupils_consent"])


class ReportForm(FilesOfReport):
    """«Провёл у себя»: which lesson, what was changed, what came of it."""

    class Meta(FilesOfReport.Meta):
        fields = ["held_on", "class_name", "changed", "outcome"]
        widgets = FilesOfReport.Meta.widgets | {"held_on": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")}

    field_order = ["held_on", "class_name", "changed", "outcome", "photo", "pupils_consent", "document"]

    def clean_held_on(self) -> date:
        day = self.cleaned_data["held_on"]
        if day > timezone.localdate():
            raise forms.ValidationError(_("This day is still to come."))
        if day < EARLIEST:
            raise forms.ValidationError(_("Check the year, please."))
        return day

    def lesson(self) -> dict:
        return {"held_on": self.cleaned_data["held_on"], "class_name": self.cleaned_data["class_name"]}


class AnswerForm(forms.ModelForm):
    """The author's word to who tried the practice."""

    answer = forms.CharField(
        label=_("Your answer"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Everybody reads it."),
    )

    class Meta:
        model = Adoption
        fields = ["answer"]


class CorrectionForm(forms.ModelForm):
    """What was wrong and is right now."""

    class Meta:
        model = Correction
        fields = ["text"]
        widgets = {"text": forms.Textarea(attrs={"rows": 3})}
        help_texts = {"text": _("For example: “The answer to task 4 was wrong: it is 12, not 21.” Everybody reads it.")}


class WithdrawalForm(forms.ModelForm):
    """Why a practice is taken back."""

    class Meta:
        model = Withdrawal
        fields = ["reason"]
        widgets = {"reason": forms.Textarea(attrs={"rows": 3})}
        help_texts = {"reason": _("Stands on the page that stays at this address. Everybody reads it.")}


class HandOverForm(forms.Form):
    """To whom a draft goes: a teacher by e-mail address, which the coordinator knows and no list gives away."""

    email = forms.EmailField(label=_("E-mail of the teacher"), widget=forms.EmailInput(attrs={"autocomplete": "off"}))

    def clean_email(self) -> str:
        address = self.cleaned_data["email"].lower()
        self.person = User.objects.filter(email=address, is_active=True).first()
        if self.person is None:
            raise forms.ValidationError(_("Nobody on the portal has this address."))
        return address
