from django.http import HttpRequest

from core.appearance import Appearance


def house(request: HttpRequest) -> dict:
    """How this reader wants pages to look."""
    return {"appearance": getattr(request, "appearance", Appearance())}
