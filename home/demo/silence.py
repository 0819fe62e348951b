"""The demo's history is told in the portal and not by mail."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import transaction

from accounts.models import User
from notifications.kinds import Group
from notifications.models import Preference


@contextmanager
def no_letters() -> Iterator[None]:
    """Within it everybody has letters switched off; afterwards everybody's choices are as they were.

    All in one transaction: nobody ever sees it, and a demo that dies in the middle leaves no choice behind.
    """
    with transaction.atomic():
        chosen = list(Preference.objects.all())
        Preference.objects.all().delete()
        people = User.objects.values_list("pk", flat=True)
        Preference.objects.bulk_create(
            Preference(person_id=person, group=group, choice=Preference.Choice.OFF)
            for person in people
            for group in Group.values
        )
        yield
        Preference.objects.all().delete()
        Preference.objects.bulk_create(chosen)
