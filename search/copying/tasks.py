"""What the worker does for the copy."""

import logging

from django.conf import settings
from procrastinate.contrib.django import app

from search.copying import COPY_LOCK
from search.engines.base import EngineAway

logger = logging.getLogger(__name__)


@app.periodic(cron="* * * * *")
@app.task(queueing_lock=COPY_LOCK)
def copy_changes(timestamp: int) -> None:
    """Copy what could not be copied when it changed; make the copy anew where there is none."""
    if not settings.ELASTICSEARCH_URL:
        return
    from . import copier, whole  # noqa: PLC0415 - its client is an extra

    try:
        if copier.is_there():
            copier.copy_changes()
        else:
            whole.copy_whole()
    except copier.WholeCopyNeeded:
        whole.copy_whole()
    except whole.CopyRunning:
        logger.info("A whole copy is being made")
    except EngineAway as away:
        logger.warning("The copy waits for Elasticsearch: %s", away)
