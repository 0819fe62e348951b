"""The demo's people agree to what everybody agrees to who registers."""

from collections.abc import Iterable

from django.db import transaction
from django.http import HttpRequest

from accounts.models import Consent, ConsentText, User
from accounts.services.consents import give_consent


@transaction.atomic
def give(people: Iterable[User]) -> None:
    """Both consents of each who has said nothing of them yet."""
    texts = [text for kind in ConsentText.Kind.values if (text := ConsentText.objects.in_force(kind))]
    spoken = set(Consent.objects.values_list("user_id", flat=True))
    request = HttpRequest()
    request.META["REMOTE_ADDR"] = "192.0.2.1"  # RFC 5737: nobody's address
    for person in people:
        if person.pk not in spoken:
            for text in texts:
                give_consent(user=person, text=text, request=request)
