"""What people search for and do not find, so that editors learn what the portal lacks.

Numbers of a day by query, of nobody in particular: no address, no account, no text that looks like somebody's data.
"""

from .counting import count, note

__all__ = ["count", "note"]
