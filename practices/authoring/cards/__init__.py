"""The body of a practice as cards: one block, one Django form, the StreamField's raw data on either side.

A card's fields are named `card-<block id>-<field>`; the order of the `card` fields of a form is the order of the text.
"""

from .base import Card
from .body import Body
from .kinds import KINDS

__all__ = ["KINDS", "Body", "Card"]
