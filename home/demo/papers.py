"""Certificates of what was published before the portal gave any."""

from collections.abc import Iterable

from django.contrib.contenttypes.models import ContentType
from django.db import transaction

from certificates.models import Certificate
from home.demo import clock
from practices.afterlife.receivers import give_certificates
from practices.models import PracticePage


def unattested(pages: dict[str, PracticePage]) -> list[PracticePage]:
    kind = ContentType.objects.get_for_model(PracticePage)
    given = Certificate.objects.filter(kind="publication", content_type=kind).values_list("object_id", flat=True)
    return [page for page in pages.values() if page.live and page.pk not in set(given)]


@transaction.atomic
def give(pages: Iterable[PracticePage]) -> None:
    for page in pages:
        with clock.at(page.first_published_at):
            give_certificates(page)
