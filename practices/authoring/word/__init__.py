"""A practice begins with the Word file that its author has anyway."""

from .cleaning import clean_html
from .reading import read
from .understood import Understood, WordRefused

__all__ = ["Understood", "WordRefused", "clean_html", "read"]
