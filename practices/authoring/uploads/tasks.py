"""Clearing away what was uploaded and used nowhere."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone
from procrastinate.contrib.django import app
from wagtail.models import ReferenceIndex, Revision

from practices.authoring.uploads.used import in_revision
from practices.models import AuthorUpload, Submission

#: Days for which an upload waits for the text that shows it.
KEPT = 7
#: Uploads looked at in one night.
AT_ONCE = 500


@app.periodic(cron="37 18 * * *")
@app.task(queueing_lock="forget_abandoned_uploads")
def forget_abandoned_uploads(timestamp: int) -> None:
    """Delete uploads of the authors' page that no page and no revision shows: at night in Vladivostok."""
    forget_uploads()


@transaction.atomic
def forget_uploads() -> int:
    """How many pictures and files went."""
    old = AuthorUpload.objects.filter(created_at__lt=timezone.now() - timedelta(days=KEPT)).order_by("pk")
    uploads = [upload for upload in old.select_related("image", "document")[:AT_ONCE] if not is_referenced(upload)]
    if not uploads:
        return 0
    images, documents = in_revisions()
    unused = [u for u in uploads if u.image_id not in images and u.document_id not in documents]
    for upload in unused:
        (upload.image or upload.document).delete()
    return len(unused)


def is_referenced(upload: AuthorUpload) -> bool:
    return ReferenceIndex.get_references_to(upload.image or upload.document).exists()


def in_revisions() -> tuple[set[int], set[int]]:
    """What revisions of practices written here show: the index of references knows only rows."""
    written = Submission.objects.values_list("practice_id", flat=True)
    revisions = Revision.page_revisions.filter(object_id__in=[str(pk) for pk in written])
    images: set[int] = set()
    documents: set[int] = set()
    for revision in revisions.iterator(chunk_size=100):
        shown = in_revision(revision)
        images |= shown[0]
        documents |= shown[1]
    return images, documents
