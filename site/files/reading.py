"""Reading a document: its text, its first page, and noting what came of it."""

from django.core.files.base import ContentFile
from django.db import transaction

from . import limited, rollback
from .models import DocumentText, PortalDocument
from .names import secret_name
from .signals import document_read


def read(document: PortalDocument) -> None:
    """Read the text and draw the first page, each in a limited process of its own; note what came of it.

    A file that cannot be read is an answer. A file that is not there, or a machine without room for a process, is a
    failure and raises OSError: the worker tries again later.
    """
    path, format_ = document.file.path, document.format
    with document.open_file():
        pass  # raises FileNotFoundError before a process would take its absence for the file's fault
    state, parts = document.TextState.NONE, []
    if format_ and format_.has_text:
        found = limited.text_of(path, format_.code)
        state = document.TextState.UNREADABLE if found is None else document.TextState.READ
        parts = found or []
    picture = limited.preview_of(path, format_.code) if format_ and format_.can_be_drawn else None
    note(document, state, parts, picture)


@transaction.atomic
def note(document: PortalDocument, state: str, parts: list, picture: bytes | None) -> None:
    """Keep the answer, unless the document has been deleted or given another file meanwhile."""
    current = PortalDocument.objects.select_for_update().filter(pk=document.pk, file=document.file.name).first()
    if current is None:
        return
    DocumentText.objects.update_or_create(document=current, defaults={"parts": parts})
    former, current.text_state = current.preview.name, state
    current.preview = None
    if picture:
        rollback.forget_unless_committed(current.preview)
        current.preview.save(secret_name("page.webp"), ContentFile(picture), save=False)
    current.save(update_fields=["text_state", "preview"])
    if former:
        storage = current.preview.storage
        transaction.on_commit(lambda: storage.delete(former))
    document_read.send(PortalDocument, document=current)
