"""Practices that somebody is writing, and forms as a browser sends them."""

from typing import Any

from django.utils import timezone

from accounts.models import Consent, ConsentText
from accounts.services.consents import person_mark
from practices.authoring import drafts
from practices.models import PracticePage
from tests.factories import pages
from tests.factories.accounts import UserFactory

PROSE = {"type": "prose", "value": "<p>Раскладываем пуговицы.</p>", "id": "prose-1"}
STEP = {"type": "step", "value": {"title": "Разложи поровну", "minutes": 8, "text": "<p>В парах.</p>"}, "id": "step-1"}


def author(**fields):
    return UserFactory(roles=["teacher"], **fields)


def consent_text() -> ConsentText:
    """The words in force of the consent to distribution."""
    kind = ConsentText.Kind.DISTRIBUTION
    return ConsentText.objects.in_force(kind) or ConsentText.objects.create(
        kind=kind, text="Согласен на распространение.", published_at=timezone.now()
    )


def agree_to_distribution(user) -> ConsentText:
    """The person's consent to the publication of their name, as the account's page records it."""
    text = consent_text()
    Consent.objects.create(
        user=user, person_mark=person_mark(user.email), text=text, text_sha256=text.sha256, action=Consent.Action.GIVEN
    )
    return text


def written(user=None, **content: Any) -> PracticePage:
    """A draft with a text, by this person."""
    pages.bank_page()
    content = {
        "title": "Остаток — не ошибка",
        "problem": "<p>Ученики теряют остаток.</p>",
        "body": [PROSE, STEP],
        **content,
    }
    return drafts.start(author=user or author(), **content)


def complete(user=None, **content: Any) -> PracticePage:
    """A draft that lacks nothing."""
    pages.bank_page()
    content = {
        "summary": "Два урока о делении с остатком.",
        "kind": "lesson",
        "subjects": [pages.subject().pk],
        "results": "<p>Ошибок стало меньше.</p>",
        **content,
    }
    return written(user, **content)


def form_of(client, url: str, **changes: Any) -> dict[str, Any]:
    """What a browser without scripts sends of the page's form, `changes` made in it; None takes a field away."""
    context = client.get(url).context
    data: dict[str, Any] = {"version": context["version"], "origin": str(context["origin"]), "whole": "1"}
    form = context["form"]
    for name in form.fields:
        value = form[name].value()
        data[name] = "" if value is None else value
    body = context["body"]
    data["card"] = [card.block_id for card in body]
    for card in body:
        data[f"card-{card.block_id}-type"] = card.type
        for name in card.fields:
            if name != "file":
                value = card[name].value()
                data[card.add_prefix(name)] = "" if value is None else value
    data["material"] = [material.document.pk for material in context["materials"]]
    for material in context["materials"]:
        data[f"material-{material.document.pk}-title"] = material.title
    return {name: value for name, value in (data | changes).items() if value is not None}
