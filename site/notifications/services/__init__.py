"""The one way to tell a person something.

notify(recipients=[author], kind="practice-returned", title=_("…"), text=_("…"), url=page.url, key=f"round-{pk}")
"""

from .telling import notify, send_letter

__all__ = ["notify", "send_letter"]
