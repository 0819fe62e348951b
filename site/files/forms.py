"""The admin's upload forms: a refused file never reaches the picture library, a replaced one goes after the commit."""

from django.db import transaction
from wagtail.documents.forms import BaseDocumentForm
from wagtail.images.fields import WagtailImageField
from wagtail.images.forms import BaseImageForm

from .checks import check_upload
from .formats import DOCUMENT_ENDINGS


class CheckedImageField(WagtailImageField):
    """Looks at the content before Willow opens it."""

    def to_python(self, data):
        if data not in self.empty_values:
            check_upload(data, "image")
        return super().to_python(data)


class ReplacesFile:
    """Wagtail deletes the replaced file before the new row is written: a failure then would lose both."""

    def save(self, commit=True):
        replaced, self.original_file = self.original_file, None
        instance = super().save(commit=commit)
        if commit and replaced and "file" in self.changed_data:
            self.forget_former(instance)
            storage, name = replaced.storage, replaced.name
            transaction.on_commit(lambda: storage.delete(name))
        return instance

    def forget_former(self, instance):
        """What was made from the replaced file goes with it."""


class DocumentForm(ReplacesFile, BaseDocumentForm):
    """Title, file, collection, tags. The model's `clean` checks the file."""

    class Meta(BaseDocumentForm.Meta):
        """Wagtail finds its widgets here."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if "file" in self.fields:
            self.fields["file"].widget.attrs["accept"] = ",".join(f".{ending}" for ending in DOCUMENT_ENDINGS)


class ImageForm(ReplacesFile, BaseImageForm):
    """Title, file, collection, tags, description, focal point."""

    class Meta(BaseImageForm.Meta):
        """Wagtail finds its widgets here."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if "file" in self.fields:
            former = self.fields["file"]
            self.fields["file"] = CheckedImageField(
                label=former.label, required=former.required, widget=former.widget, initial=former.initial
            )

    def forget_former(self, instance):
        instance.renditions.all().delete()
