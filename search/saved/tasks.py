from datetime import UTC, datetime

from procrastinate.contrib.django import app

from search.saved import news


@app.periodic(cron="30 21 * * *")
@app.task(queueing_lock="search-look-for-news")
def look_for_news(timestamp: int) -> None:
    """Each morning at half past seven in Vladivostok, the clock being UTC."""
    news.look_for_news(datetime.fromtimestamp(timestamp, UTC))
