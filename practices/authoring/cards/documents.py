"""A file in the middle of the text."""

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from files.formats import DOCUMENT_ENDINGS
from files.models import PortalDocument

from .base import Card

ACCEPT = ",".join(f".{ending}" for ending in DOCUMENT_ENDINGS)


class DocumentCard(Card):
    type = "document"
    label = gettext_lazy("File")
    hint = gettext_lazy("A file to take away, in the middle of the text")

    document = forms.IntegerField(required=False, min_value=1, max_value=2**31 - 1, widget=forms.HiddenInput)
    file = forms.FileField(
        label=gettext_lazy("File"), required=False, widget=forms.FileInput({"accept": ACCEPT, "data-document": ""})
    )
    note = forms.CharField(label=gettext_lazy("What it is for"), max_length=250, required=False)

    @classmethod
    def blank(cls):
        return {"document": None, "note": ""}

    @classmethod
    def initial_of(cls, value):
        return dict(value)

    def value(self):
        upload = self.sent("file")
        document = (self.desk.take_document(upload) if upload else None) or self.desk.document(self.sent("document"))
        return {"document": document.pk if document else None, "note": self.words("note")}

    @classmethod
    def is_empty(cls, value):
        return not any(value.values())

    @classmethod
    def lacks(cls, value):
        return [] if value.get("document") else [_("A file is not chosen.")]

    @property
    def shown(self) -> PortalDocument | None:
        """The file that is in the card now."""
        return self.desk.document(self.now.get("document"))
