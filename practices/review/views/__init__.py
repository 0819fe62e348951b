from .coordinating import AssignView, DecideView, MoveView, QueueView, ReleaseView, RoundView
from .history import HistoryView
from .reading import DeclineView, IndexView, ReadView

__all__ = [
    "AssignView",
    "DecideView",
    "DeclineView",
    "HistoryView",
    "IndexView",
    "MoveView",
    "QueueView",
    "ReadView",
    "ReleaseView",
    "RoundView",
]
