"""What a person wants by mail."""

from django.db import transaction

from accounts.models import User
from notifications.kinds import Frequency, Group, kinds_of
from notifications.models import Notification, Preference, SilentAddress
from notifications.models.preferences import frequency
from notifications.unsubscribing import Stop


@transaction.atomic
def choose(*, person: User, choices: dict[str, str | None]) -> None:
    """Keep what a person chose for each group; None: as usual. What waits for a digest follows the new choice."""
    for code, choice in choices.items():
        group = Group(code)
        if choice is None:
            Preference.objects.filter(person=person, group=group).delete()
        else:
            Preference.objects.update_or_create(
                person=person, group=group, defaults={"choice": Preference.Choice(choice)}
            )
        _move_waiting(person, group, choice)


def _move_waiting(person: User, group: Group, choice: str | None) -> None:
    waiting = Notification.objects.of(person).unread().exclude(digest="")
    for kind in kinds_of(group):
        how = frequency(kind, choice)
        # What waited for a digest is no news that must come at once.
        digest = {Frequency.OFF: "", Frequency.WEEKLY: "weekly"}.get(how, "daily")
        waiting.filter(kind=kind.code).update(digest=digest)


@transaction.atomic
def stop(stopped: Stop) -> None:
    """Send no more of what the link of a letter names. Asked twice, it changes nothing more."""
    if stopped.email:
        SilentAddress.objects.get_or_create(email=stopped.email)
        return
    person = User.objects.filter(pk=stopped.person).first()
    if person is None:
        return
    if stopped.group:
        choose(person=person, choices={stopped.group: Preference.Choice.OFF})
    else:
        choose(person=person, choices=_without(person, Frequency(stopped.digest)))


def _without(person: User, digest: Frequency) -> dict[str, str]:
    """Choices that leave out a digest and keep what comes at once."""
    chosen = dict(Preference.objects.filter(person=person).values_list("group", "choice"))
    choices = {}
    for group in Group:
        found = {frequency(kind, chosen.get(group)) for kind in kinds_of(group)}
        if digest in found:
            important = Frequency.AT_ONCE in found
            choices[group.value] = Preference.Choice.IMPORTANT if important else Preference.Choice.OFF
    return choices
