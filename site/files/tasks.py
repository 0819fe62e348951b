"""Work behind the scenes."""

from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from . import orphans, reading
from .models import PortalDocument
from .queue import READ_DOCUMENT


@app.task(
    name=READ_DOCUMENT,
    retry=RetryStrategy(max_attempts=5, exponential_wait=4, retry_exceptions={OSError}),
)
def read_document(document_id: int) -> None:
    """Read a document that waits for it. Running twice, or after its deletion, does no harm."""
    document = PortalDocument.objects.filter(pk=document_id, text_state=PortalDocument.TextState.WAITING).first()
    if document:
        reading.read(document)


@app.periodic(cron="37 19 * * *")
@app.task(queueing_lock="sweep_orphans")
def sweep_orphans(timestamp: int) -> None:
    """Forget files that a sudden stop of the machine left without a row; at night in Vladivostok (the clock is UTC)."""
    orphans.sweep()
