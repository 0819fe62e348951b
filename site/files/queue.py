"""Asking the worker to read a document."""

import logging

from django.db import transaction
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

logger = logging.getLogger(__name__)

READ_DOCUMENT = "files.tasks.read_document"


def ask_to_read(document_id: int) -> None:
    """Asking twice before the worker begins is asking once."""
    task = app.configure_task(
        READ_DOCUMENT, queueing_lock=f"read-document-{document_id}", lock=f"document-{document_id}"
    )
    try:
        with transaction.atomic():
            task.defer(document_id=document_id)
    except AlreadyEnqueued:
        logger.debug("Document %s is already waiting to be read", document_id)
