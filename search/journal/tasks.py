from procrastinate.contrib.django import app

from search.journal import forgetting


@app.periodic(cron="13 19 * * *")
@app.task(queueing_lock="search-forget-queries")
def forget_queries(timestamp: int) -> None:
    """At night in Vladivostok, the clock being UTC."""
    forgetting.forget()
