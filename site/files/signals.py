"""What others may want to know about files."""

from django.dispatch import Signal

#: A document's text has been read, or found unreadable; sent inside the transaction. Arguments: document.
document_read = Signal()

#: A document has been sent whole to a reader, not a crawler's HEAD nor a part. Arguments: document, request.
document_downloaded = Signal()
