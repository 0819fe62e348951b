from .letters import Letter, SilentAddress
from .notifications import Notification
from .preferences import Preference

__all__ = ["Letter", "Notification", "Preference", "SilentAddress"]
