"""Letters enter the queue."""

from notifications import queue
from notifications.models import Letter


def post(letters: list[Letter]) -> set[str]:
    """Keep letters and ask the worker to send them, both with the transaction around. Message ids of the new ones.

    A letter whose key is known already was written before: it is left out.
    """
    Letter.objects.bulk_create(letters, ignore_conflicts=True)
    ids = [letter.message_id for letter in letters]
    new = Letter.objects.filter(message_id__in=ids)
    queue.ask_to_send(letter.pk for letter in new if letter.state == Letter.State.WAITING)
    return {letter.message_id for letter in new}
