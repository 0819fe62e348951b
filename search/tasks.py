"""What the worker does for search."""

from procrastinate.contrib.django import app

from search.copying.tasks import copy_changes  # noqa: F401 - the worker looks here for tasks
from search.journal.tasks import forget_queries  # noqa: F401
from search.meaning.embedding import embed_missing, forget_strangers
from search.saved.tasks import look_for_news  # noqa: F401


@app.task(queueing_lock="search-embed")
def embed() -> None:
    """Embed what was published since."""
    embed_missing()


@app.periodic(cron="37 18 * * *")
@app.task(queueing_lock="search-embed-all")
def embed_all(timestamp: int) -> None:
    """At night in Vladivostok, the clock being UTC: what any job has left, and what a rebuild has left over."""
    forget_strangers()
    embed_missing()
