from django import forms


class PlainFieldsMixin:
    """A form of allauth in the house's words: labels and hints beside the field, nothing inside it.

    A placeholder is gone with the first letter typed, just when it would help.
    """

    labels: dict = {}
    hints: dict = {}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            field.widget.attrs.pop("placeholder", None)
            field.label = self.labels.get(name, field.label)
            field.help_text = self.hints.get(name, "")


def code_field(form: forms.Form) -> None:
    """A telephone shows digits for it and offers the code from the application."""
    form.fields["code"].widget.attrs.update(
        {"autocomplete": "one-time-code", "inputmode": "numeric", "autocapitalize": "none", "spellcheck": "false"}
    )
