"""What authors bring with their texts: pictures and files, whose they are, and what becomes of the unused."""

from .desk import Desk
from .storing import keep_document, keep_picture

__all__ = ["Desk", "keep_document", "keep_picture"]
