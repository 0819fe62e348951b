"""Letters are sent behind the scenes, and by the clock."""

from datetime import UTC, datetime

from django.utils import timezone
from procrastinate.contrib.django import app

from notifications import digests, sending
from notifications.kinds import Frequency
from notifications.queue import SEND_LETTER
from notifications.services import settling


@app.task(name=SEND_LETTER)
def send_letter(letter_id: int) -> None:
    """Send a letter that waits; running twice sends it once."""
    sending.send(letter_id)


@app.periodic(cron="* * * * *")
@app.task(queueing_lock="sweep_letters")
def sweep_letters(timestamp: int) -> None:
    """Letters whose worker died, and letters whose next attempt is due."""
    sending.sweep()


@app.periodic(cron="*/10 * * * *")
@app.task(queueing_lock="gather_digests")
def gather_digests(timestamp: int) -> None:
    """Write the letters of the day and the week. Asked often, so that a worker that was away at the hour catches up."""
    moment = datetime.fromtimestamp(timestamp, UTC)
    settling.tell_coordinators(timezone.localdate(moment))
    for frequency in (Frequency.DAILY, Frequency.WEEKLY):
        digests.gather(frequency, moment)


@app.periodic(cron="37 19 * * *")
@app.task(queueing_lock="forget_letters")
def forget_letters(timestamp: int) -> None:
    """Forget letters of long ago: at night in Vladivostok, the clock being UTC."""
    sending.forget()
