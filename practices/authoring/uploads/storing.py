"""Storing what an author brings."""

from datetime import timedelta
from pathlib import PurePath

from django.core.exceptions import ValidationError
from django.core.files import File
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from files.models import PortalDocument, PortalImage
from files.names import safe_name
from files.services import store_document, store_image
from practices.models import AuthorUpload

TITLE = 250
#: Uploads of one person in a day.
A_DAY = 300


def refuse_flood(uploader: User) -> None:
    mine = Q(image__uploaded_by_user=uploader) | Q(document__uploaded_by_user=uploader)
    if AuthorUpload.objects.filter(mine, created_at__gt=timezone.now() - timedelta(days=1)).count() >= A_DAY:
        raise ValidationError(_("You have uploaded very many files today: go on tomorrow."))


def title_of(file: File) -> str:
    """What the file was called, without its ending."""
    return PurePath(safe_name(file.name or "")).stem[:TITLE]


@transaction.atomic
def keep_picture(*, file: File, uploader: User) -> PortalImage:
    """Check and store a picture. Raises ValidationError with the reason for its author."""
    refuse_flood(uploader)
    image = store_image(file=file, title=title_of(file), uploader=uploader)
    AuthorUpload.objects.create(image=image)
    return image


@transaction.atomic
def keep_document(*, file: File, uploader: User) -> PortalDocument:
    """Check and store a file. Raises ValidationError with the reason for its author."""
    refuse_flood(uploader)
    document = store_document(file=file, title=title_of(file), uploader=uploader)
    AuthorUpload.objects.create(document=document)
    return document


def remember_pictures(images: set[int]) -> None:
    """Pictures that came inside a Word file are cleared away like the others when no text shows them."""
    AuthorUpload.objects.bulk_create([AuthorUpload(image_id=pk) for pk in images], ignore_conflicts=True)
