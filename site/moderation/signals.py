"""What happened to complaints and to what they are about; sent inside the transaction."""

from django.dispatch import Signal

#: Somebody complained: `complaint`.
complaint_made = Signal()

#: The coordinator has decided: `complaint`, with its `answer`, its `complainer` or, for a stranger, its `email`.
complaint_answered = Signal()

#: An object is no longer shown, or is shown again: `obj`, `action` (a `ModerationAction`).
object_hidden = Signal()
object_restored = Signal()
