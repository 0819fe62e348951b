"""What the worker does by the clock."""

from datetime import timedelta

from django.utils import timezone
from procrastinate.contrib.django import app

from moderation.models import Complaint

#: For which a visitor's address is kept after the answer, should the letter have to be sent anew (152-ФЗ, art. 21).
KEPT = timedelta(days=30)


@app.periodic(cron="37 19 * * *")
@app.task(queueing_lock="forget_complainers")
def forget_complainers(timestamp: int) -> None:
    """Forget the addresses of visitors who have had their answer for a month."""
    Complaint.objects.filter(decided_at__lt=timezone.now() - KEPT).exclude(email="").update(email="")
