from django import forms
from django.utils.translation import gettext_lazy as _


class LeavingForm(forms.Form):
    """What becomes of the name at published works, and that the person knows what they do.

    `may_keep_name`: without a standing consent to distribution there is nothing to choose, the name goes.
    """

    name = forms.ChoiceField(
        label=_("My name at the published works"),
        choices=[("keep", _("Leave it: the works go on naming me")), ("remove", _("Take it off"))],
        widget=forms.RadioSelect,
    )
    sure = forms.BooleanField(
        label=_("I understand that the account cannot be restored"),
        error_messages={"required": _("Tick the box if you do want to delete the account.")},
    )

    def __init__(self, *args, may_keep_name: bool, **kwargs):
        super().__init__(*args, **kwargs)
        if not may_keep_name:
            del self.fields["name"]

    @property
    def keep_name(self) -> bool:
        return self.cleaned_data.get("name") == "keep"
