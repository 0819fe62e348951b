"""What the worker does with accounts by the clock."""

from datetime import timedelta

from django.utils import timezone
from procrastinate.contrib.django import app

from accounts.models import User

#: An address is held for so long for one who has not confirmed it.
UNCONFIRMED = timedelta(days=7)


@app.periodic(cron="47 19 * * *")
@app.task(queueing_lock="forget_unconfirmed")
def forget_unconfirmed(timestamp: int) -> None:
    """Forget accounts that nobody confirmed: a stranger may have signed up with somebody's address."""
    User.objects.unconfirmed().filter(date_joined__lt=timezone.now() - UNCONFIRMED).delete()
