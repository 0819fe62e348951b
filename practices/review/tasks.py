"""What the worker does for reviews by the clock. Each deed is a transaction of its own and safe to repeat."""

from procrastinate.contrib.django import app


@app.periodic(cron="7 * * * *")
@app.task(queue="practices", queueing_lock="look_after_reviews")
def look_after_reviews(timestamp: int) -> None:
    """Remind of due dates, ask others in the place of those who are late or gone, end what the verdicts end."""
    from practices.review import clock  # noqa: PLC0415 - needs the models

    clock.look_after_reviews()
