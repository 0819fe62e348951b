from django import forms
from django.utils.translation import gettext_lazy as _

from certificates.models import Certificate


class CodeForm(forms.Form):
    """A code as it was read off a paper; `certificate` is what it means."""

    code = forms.CharField(
        label=_("Code of the certificate"),
        max_length=300,
        help_text=_("Twelve letters and digits, as on the paper. Case, spaces and hyphens do not matter."),
        error_messages={"required": _("Enter the code.")},
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}),
    )
    certificate: Certificate

    def clean_code(self) -> str:
        text = self.cleaned_data["code"]
        found = Certificate.objects.meant_by(text).first()
        if found is None:
            raise forms.ValidationError(
                _("There is no certificate with this code. Compare it with the paper, sign by sign.")
            )
        self.certificate = found
        return text


class ReasonForm(forms.Form):
    """Why a paper is revoked or given back."""

    reason = forms.CharField(
        label=_("Why"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Say why: the log keeps it.")},
    )
