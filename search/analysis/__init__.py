"""Text becomes terms here, once, for documents and queries alike; an engine only stores and matches them."""

from .entries import MAX_LETTERS, Entry, Terms, look_up
from .stopwords import STOPWORDS
from .text import WORD, clean, fold, words

#: Grows when the same text gives other terms: documents indexed before are then stale.
VERSION = 2

__all__ = ["MAX_LETTERS", "STOPWORDS", "VERSION", "WORD", "Entry", "Terms", "clean", "fold", "look_up", "words"]
