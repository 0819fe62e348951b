from .inbox import CountView, IndexView, OpenView, ReadAllView
from .letters import LeaveView, LettersView, SendAgainView
from .settings import SettingsView
from .unsubscribe import UnsubscribeView

__all__ = [
    "CountView",
    "IndexView",
    "LeaveView",
    "LettersView",
    "OpenView",
    "ReadAllView",
    "SendAgainView",
    "SettingsView",
    "UnsubscribeView",
]
