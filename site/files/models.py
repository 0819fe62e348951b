from functools import partial

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.documents.models import AbstractDocument, Document
from wagtail.images.models import AbstractImage, AbstractRendition, Image

from . import rollback
from .checks import check_upload
from .clamav import ScanState
from .formats import BY_ENDING, Format
from .names import extension_of, safe_name, secret_name
from .queue import ask_to_read


def document_path(document: "PortalDocument", name: str) -> str:
    """Where a document is kept; what its author called it is noted on the document on the way."""
    document.original_name = safe_name(name)
    return f"documents/{secret_name(name)}"


class Checked(models.Model):
    """What pictures and documents share: nothing gets past `clean` unchecked, nothing outlives a rollback."""

    upload_kind: str

    scan_state = models.CharField(
        _("virus scan"), max_length=12, choices=ScanState, default=ScanState.UNSCANNED, editable=False
    )

    class Meta:
        abstract = True

    def save(self, *args, **kwargs):
        is_new = rollback.is_new(self.file)
        with transaction.atomic():
            if is_new:
                self.before_writing()
                rollback.forget_unless_committed(self.file)
            super().save(*args, **kwargs)
            if is_new:
                self.after_writing()

    def clean(self):
        super().clean()
        if rollback.is_new(self.file):
            try:
                self.scan_state = check_upload(self.file.file, self.upload_kind).scan_state
            except ValidationError as error:
                raise ValidationError({"file": error}) from error

    def before_writing(self) -> None:
        """A new file is about to be written."""

    def after_writing(self) -> None:
        """A new file and its row are written, though not committed."""


class PortalImage(Checked, AbstractImage):
    """A picture with words for those who do not see it."""

    upload_kind = "image"
    admin_form_fields = Image.admin_form_fields

    class Meta(AbstractImage.Meta):
        verbose_name = _("picture")
        verbose_name_plural = _("pictures")

    def __str__(self):
        return self.title

    def get_upload_to(self, filename: str) -> str:
        """Originals are kept out of the folder that is served, and renditions inherit the unguessable name."""
        return f"original_images/{secret_name(filename)}"

    def before_writing(self) -> None:
        self._set_image_file_metadata()


class PortalRendition(AbstractRendition):
    """A size of a picture, made once."""

    image = models.ForeignKey(PortalImage, on_delete=models.CASCADE, related_name="renditions")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["image", "filter_spec", "focal_point_key"], name="one_rendition_of_a_kind")
        ]


class PortalDocument(Checked, AbstractDocument):
    """A file to take away: checked by content, its text readable by search."""

    class TextState(models.TextChoices):
        """What became of reading the file's text."""

        WAITING = "waiting", _("waiting to be read")
        READ = "read", _("text is read")
        UNREADABLE = "unreadable", _("could not be read")
        NONE = "none", _("holds no text")

    upload_kind = "document"
    admin_form_fields = Document.admin_form_fields

    file = models.FileField(_("file"), upload_to=document_path)
    original_name = models.CharField(_("name of the file"), max_length=255, editable=False)
    text_state = models.CharField(
        _("text"), max_length=12, choices=TextState, default=TextState.WAITING, editable=False
    )
    preview = models.FileField(_("first page"), upload_to="previews", blank=True, editable=False)

    class Meta(AbstractDocument.Meta):
        verbose_name = _("file")
        verbose_name_plural = _("files")
        constraints = [
            models.CheckConstraint(
                name="text_state_is_known", condition=models.Q(text_state__in=["waiting", "read", "unreadable", "none"])
            )
        ]
        indexes = [models.Index(name="documents_to_read", fields=["id"], condition=models.Q(text_state="waiting"))]

    def __str__(self):
        return self.title

    @property
    def filename(self) -> str:
        """What its author called the file, made safe."""
        return self.original_name

    @property
    def format(self) -> Format | None:
        """By the ending, which was checked against the content; None for a file that came in by no door of ours."""
        return BY_ENDING.get(self.file_extension)

    @property
    def file_extension(self) -> str:
        return extension_of(self.original_name)

    @property
    def kind_label(self) -> str:
        """«PDF», «DOCX»."""
        return self.file_extension.upper()

    @property
    def content_type(self) -> str:
        return self.format.content_type if self.format else "application/octet-stream"

    @property
    def content_disposition(self) -> str:
        """Never inline: what people upload is not shown under the portal's own name."""
        return "attachment"

    @property
    def size(self) -> int:
        """Bytes."""
        return self.file_size or 0

    @property
    def url(self) -> str:
        return reverse("files:document", args=[self.pk, self.filename])

    @property
    def preview_url(self) -> str:
        """Address of the first page's picture; empty if there is none."""
        return reverse("files:preview", args=[self.pk]) if self.preview else ""

    @property
    def parts(self) -> list[tuple[int | None, str]]:
        """The text by page, slide or sheet; the number is None where the format has none. Empty until it is read."""
        text = DocumentText.objects.filter(document=self).first()
        return [(number, content) for number, content in text.parts] if text else []

    def before_writing(self) -> None:
        self._set_document_file_metadata()
        self.text_state = self.TextState.WAITING

    def after_writing(self) -> None:
        transaction.on_commit(partial(ask_to_read, self.pk))


class DocumentText(models.Model):
    """The text of a file, apart from its row: lists of documents must not carry megabytes of it."""

    document = models.OneToOneField(PortalDocument, on_delete=models.CASCADE, primary_key=True, related_name="text")
    parts = models.JSONField(_("text by page or slide"), default=list)  # [[1, "…"], [null, "…"]]

    class Meta:
        verbose_name = _("text of a file")
        verbose_name_plural = _("texts of files")

    def __str__(self):
        return self.document.title
