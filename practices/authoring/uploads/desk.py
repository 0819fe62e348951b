"""Which pictures and files a writer may put into a text."""

from dataclasses import dataclass, field

from django.core.exceptions import ValidationError
from django.core.files import File

from accounts.models import User
from files.models import PortalDocument, PortalImage
from practices.authoring.uploads.storing import keep_document, keep_picture
from practices.authoring.uploads.used import documents_in, images_in
from practices.models import PracticePage

THUMBNAIL = "max-640x480|format-webp"


@dataclass
class Desk:
    """Their own uploads and what the text already shows; a number from elsewhere is as good as none."""

    user: User
    practice: PracticePage | None = None
    _images: dict[int, PortalImage | None] = field(default_factory=dict)
    _documents: dict[int, PortalDocument | None] = field(default_factory=dict)
    #: What was said of files that were not taken.
    refusals: list[str] = field(default_factory=list)

    def prepare(self, images: set[int], documents: set[int]) -> None:
        """Look all of these up at once."""
        found = PortalImage.objects.prefetch_renditions(THUMBNAIL).in_bulk(images - set(self._images))
        shown = images_in(self.practice) if self.practice and found else set()
        for pk, image in found.items():
            self._images[pk] = image if pk in shown or image.uploaded_by_user_id == self.user.pk else None
        files = PortalDocument.objects.in_bulk(documents - set(self._documents))
        shown = documents_in(self.practice) if self.practice and files else set()
        for pk, file in files.items():
            self._documents[pk] = file if pk in shown or file.uploaded_by_user_id == self.user.pk else None

    def image(self, pk: int | None) -> PortalImage | None:
        if not pk:
            return None
        if pk not in self._images:
            self.prepare({pk}, set())
        return self._images.get(pk)

    def document(self, pk: int | None) -> PortalDocument | None:
        if not pk:
            return None
        if pk not in self._documents:
            self.prepare(set(), {pk})
        return self._documents.get(pk)

    def take_picture(self, file: File) -> PortalImage | None:
        """Store an upload; one that is refused leaves its reason in `refusals`."""
        try:
            image = keep_picture(file=file, uploader=self.user)
        except ValidationError as error:
            self.refuse(file, error)
            return None
        self._images[image.pk] = image
        return image

    def take_document(self, file: File) -> PortalDocument | None:
        try:
            document = keep_document(file=file, uploader=self.user)
        except ValidationError as error:
            self.refuse(file, error)
            return None
        self._documents[document.pk] = document
        return document

    def refuse(self, file: File, error: ValidationError) -> None:
        self.refusals.append(f"{file.name}: {' '.join(map(str, error.messages))}")
