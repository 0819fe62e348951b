"""Whom the life of a practice concerns, and telling them of it."""

from collections.abc import Iterable

from django.db.models import Q
from django.utils.functional import Promise
from django.utils.translation import override

from accounts.models import User
from notifications.services import notify
from practices.choices import AuthorRole
from practices.models import PracticePage


def authors_of(practice: PracticePage) -> list[User]:
    """Those with an account who made the practice or answer for it."""
    made = Q(authorships__page=practice, authorships__role=AuthorRole.AUTHOR)
    return list(User.objects.filter(made | Q(submissions__practice=practice), is_active=True).distinct())


def coordinators() -> list[User]:
    return list(User.objects.with_role("coordinator").filter(is_active=True))


def tell(
    recipients: Iterable[User],
    *,
    kind: str,
    title: str | Promise,
    url: str,
    key: str,
    text: str | Promise = "",
    words: dict[str, str] | None = None,
) -> None:
    """One notification to each, in the portal's own language; `words` are put into title and text."""
    with override("ru"):
        # A text of a person's own may hold a per cent sign, ours a placeholder.
        title = str(title) % words if words else str(title)
        text = str(text) % words if words and isinstance(text, Promise) else str(text)
    notify(recipients=recipients, kind=kind, title=title, text=text, url=url, key=key)
