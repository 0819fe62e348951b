"""What happened to papers; sent inside the transaction."""

from django.dispatch import Signal

#: `certificate`, with its reason on it.
certificate_revoked = Signal()

#: A paper revoked by mistake is valid again: `certificate`.
certificate_restored = Signal()
