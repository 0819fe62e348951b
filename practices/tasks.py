"""Work on practices that nobody should wait for."""

from django.db import transaction
from procrastinate.contrib.django import app

from practices import dressing
from practices.authoring.uploads.tasks import forget_abandoned_uploads  # noqa: F401 - the worker looks here for tasks


@app.task(queue="practices", retry=3)
def dress(page_id: int, materials: list[dict]) -> None:
    """Draw the cover and make the files of an imported practice."""
    with transaction.atomic():
        dressing.dress(page_id, materials)


def leave_to_worker(jobs: list[dict]) -> None:
    """Defer `dress` for all of `[{page_id, materials}]` at once."""
    if jobs:
        dress.batch_defer(*jobs)
