"""What a viewer holds: tokens by which restricted documents are found."""

from collections.abc import Callable, Iterable
from typing import Any

from django.http import HttpRequest

Provider = Callable[[Any], Iterable[str]]
_providers: list[Provider] = []


def register_tokens(provider: Provider) -> None:
    """Add a function from a signed-in user to the tokens this user holds."""
    if provider not in _providers:
        _providers.append(provider)


def tokens_of(viewer: Any) -> list[str]:
    """Tokens of a user, of a request's user, or of nobody (None): an anonymous visitor holds none."""
    user = getattr(viewer, "user", None) if isinstance(viewer, HttpRequest) else viewer
    if user is None or not user.is_authenticated:
        return []
    return sorted({token for provider in _providers for token in provider(user)})
