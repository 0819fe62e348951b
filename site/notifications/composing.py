"""How letters read: plain text and HTML of the same words, in Russian whoever caused them."""

from dataclasses import dataclass, field
from urllib.parse import urlsplit
from uuid import uuid4

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import override

from accounts.models import User
from notifications.addresses import whole
from notifications.models import Letter
from notifications.unsubscribing import Stop

LANGUAGE = "ru"
LONGEST_SUBJECT = 200
BRIEF = 200


@dataclass(frozen=True)
class Item:
    """One thing told in a letter; `url` a path or empty."""

    title: str
    text: str = ""
    url: str = ""

    @property
    def address(self) -> str:
        return whole(self.url) if self.url else ""

    @property
    def brief(self) -> str:
        """The beginning of the text, for a letter of many things."""
        return one_line(self.text, BRIEF)

    @property
    def paragraphs(self) -> list[str]:
        return [part.strip() for part in self.text.replace("\r\n", "\n").split("\n\n") if part.strip()]


@dataclass(frozen=True)
class Draft:
    """A letter before it is written: to whom, about what."""

    to: str
    key: str
    items: list[Item]
    stop: Stop
    template: str
    kind: str = ""
    recipient: User | None = None
    subject: str = ""
    more: dict = field(default_factory=dict)


def one_line(text: str, length: int) -> str:
    """Words that fit into a header and a column.

    >>> one_line("Раз\\nдва", 5)
    'Раз …'
    """
    line = " ".join(text.split())
    return line if len(line) <= length else line[: length - 1].rstrip() + "…"


def compose(draft: Draft) -> Letter:
    """A letter, not saved yet."""
    subject = one_line(draft.subject or draft.items[0].title, LONGEST_SUBJECT)
    context = {
        "subject": subject,
        "items": draft.items,
        "person": draft.recipient,
        "stop": draft.stop,
        "unsubscribe_url": draft.stop.url(),
        "settings_url": whole("/notifications/settings/") if draft.recipient else "",
        "portal": settings.WAGTAIL_SITE_NAME,
        "portal_url": settings.BASE_URL,
        **draft.more,
    }
    with override(LANGUAGE):
        text = render_to_string(f"notifications/email/{draft.template}.txt", context).strip() + "\n"
        html = render_to_string(f"notifications/email/{draft.template}.html", context)
    return Letter(
        to=draft.to,
        recipient=draft.recipient,
        subject=subject,
        text=text,
        html=html,
        kind=draft.kind,
        key=draft.key,
        unsubscribe_url=context["unsubscribe_url"],
        message_id=f"<{uuid4()}@{urlsplit(settings.BASE_URL).hostname}>",
        next_try=timezone.now(),
    )
