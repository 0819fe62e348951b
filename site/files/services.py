"""Storing files from code: the same checks as at the admin's door."""

from django.core.exceptions import ValidationError
from django.core.files import File
from django.db import transaction
from wagtail.models import Collection

from accounts.models import User

from .checks import check_upload
from .models import PortalDocument, PortalImage


@transaction.atomic
def store_document(
    *, file: File, title: str, uploader: User | None = None, collection: Collection | None = None
) -> PortalDocument:
    """Check, store and have read. Raises ValidationError; a rollback of any kind takes the file from the disk."""
    document = PortalDocument(file=file, title=title, uploaded_by_user=uploader, **placed(collection))
    document.full_clean()
    document.save()
    return document


@transaction.atomic
def store_image(
    *, file: File, title: str, description: str = "", uploader: User | None = None, collection: Collection | None = None
) -> PortalImage:
    """Check and store a picture; `description` is what those hear who do not see it. Raises ValidationError."""
    # Django measures a picture as soon as a model has it, so that the model's own check would come too late.
    try:
        check_upload(file, PortalImage.upload_kind)
    except ValidationError as error:
        raise ValidationError({"file": error}) from error
    image = PortalImage(
        file=file, title=title, description=description, uploaded_by_user=uploader, **placed(collection)
    )
    image.full_clean()
    image.save()
    return image


def placed(collection: Collection | None) -> dict[str, Collection]:
    return {"collection": collection} if collection else {}
