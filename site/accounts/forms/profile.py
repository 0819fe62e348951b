from django import forms

from accounts.models import User


class ProfileForm(forms.ModelForm):
    """What a person tells of themselves; it stands beside their works."""

    class Meta:
        model = User
        fields = ["last_name", "first_name", "patronymic", "position", "category", "subjects"]
        widgets = {"subjects": forms.CheckboxSelectMultiple, "category": forms.RadioSelect}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        hints = {"last_name": "family-name", "first_name": "given-name", "patronymic": "additional-name"}
        for name, hint in hints.items():
            self.fields[name].widget.attrs["autocomplete"] = hint
        self.fields["position"].widget.attrs["autocomplete"] = "organization-title"
        self.fields["last_name"].required = self.fields["first_name"].required = True
