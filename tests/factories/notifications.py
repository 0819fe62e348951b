"""Letters and notifications for tests."""

import uuid

from django.utils import timezone

from notifications.models import Letter, Notification


def letter(**fields) -> Letter:
    """A letter that waits to be sent."""
    mark = uuid.uuid4()
    defaults = {
        "to": "irina@school.example",
        "subject": "Практика принята",
        "text": "Здравствуйте!\n\n.Строка с точкой\n",
        "html": "<p>Здравствуйте!</p>",
        "kind": "decision",
        "key": f"test:{mark}",
        "message_id": f"<{mark}@testserver>",
        "unsubscribe_url": "http://testserver/notifications/unsubscribe/token/",
    }
    return Letter.objects.create(**(defaults | fields))


def in_doubt(**fields) -> Letter:
    """A letter of which nobody knows whether it was sent."""
    return letter(**({"state": "unknown", "claimed_at": timezone.now(), "attempts": 1, "error": "?"} | fields))


def notification(person, **fields) -> Notification:
    """Something told to a person, not mailed."""
    defaults = {"kind": "used", "title": "Практику провели у себя", "url": "/practices/5/", "key": str(uuid.uuid4())}
    return Notification.objects.create(recipient=person, **(defaults | fields))
