"""What happened to practices, for the modules above and for those who hear of it here."""

from django.dispatch import Signal

#: A practice was published, for the first time or anew: `practice`, `round` (None outside review).
#: Sent inside the transaction: receivers that leave the database wait for its commit.
practice_published = Signal()

#: A teacher reported a reuse: `adoption`.
practice_adopted = Signal()
