from collections.abc import Iterable

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import override

from accounts.models import User
from notifications.addresses import inner
from notifications.composing import LANGUAGE, Draft, Item, compose, one_line
from notifications.kinds import Frequency, Kind, kind_of
from notifications.models import Letter, Notification, SilentAddress
from notifications.models.preferences import choices_of, frequency
from notifications.services.posting import post
from notifications.unsubscribing import Stop

TITLE_LENGTH = 250
DIGESTED = {Frequency.DAILY, Frequency.WEEKLY}


@transaction.atomic
def notify(
    *,
    recipients: Iterable[User],
    kind: str,
    title: str | Promise,
    text: str | Promise = "",
    url: str,
    key: str,
) -> list[Notification]:
    """Tell people something: in the portal, and by mail as each of them wishes. Returns what is new.

    `key` names the event («round-15-returned»): told twice to the same person, it is one notification. Give lazy
    strings: they are kept in Russian whatever language the one who caused them reads. Blank lines part the
    text's paragraphs. `url`: a page of this portal, or empty. Nobody is told who has no active account.

    Raises:
        notifications.kinds.UnknownKindError: nobody registered the kind.
    """
    of_kind = kind_of(kind)
    people = {person.pk: person for person in recipients if person.is_active}
    with override(LANGUAGE):
        words = {"title": one_line(str(title), TITLE_LENGTH), "text": str(text).strip(), "url": inner(url)}
    choices = choices_of(people, of_kind.group)
    known = set(Notification.objects.filter(recipient__in=people, key=key).values_list("recipient_id", flat=True))
    now = timezone.now()
    rows = []
    # In one order, so that two who tell the same people at once wait for each other instead of dying together.
    for pk in sorted(people.keys() - known):
        how = frequency(of_kind, choices.get(pk))
        digest = how.value if how in DIGESTED else ""
        rows.append(Notification(recipient_id=pk, kind=kind, key=key, created_at=now, digest=digest, **words))
    Notification.objects.bulk_create(rows, ignore_conflicts=True)
    told = list(Notification.objects.filter(recipient__in=[row.recipient_id for row in rows], key=key))
    for notification in told:
        notification.recipient = people[notification.recipient_id]
    post(
        [
            _at_once(notification, of_kind)
            for notification in told
            if frequency(of_kind, choices.get(notification.recipient_id)) == Frequency.AT_ONCE
        ]
    )
    return told


@transaction.atomic
def send_letter(*, to: str, title: str | Promise, text: str | Promise, url: str, key: str) -> Letter:
    """Write to an address that has no account: at once, and once for a `key`.

    To an address whose owner asked for silence the letter is kept as refused and settled: nobody is troubled with it.
    """
    to = to.strip().lower()
    with override(LANGUAGE):
        item = Item(one_line(str(title), TITLE_LENGTH), str(text).strip(), inner(url))
    letter = compose(Draft(to=to, key=f"address:{key}", items=[item], stop=Stop(email=to), template="stranger"))
    if SilentAddress.objects.filter(email=to).exists():
        letter.state, letter.settled_at = Letter.State.REFUSED, timezone.now()
        with override(LANGUAGE):
            letter.error = _("The owner of this address asked the portal to write no more.")
    post([letter])
    return Letter.objects.get(key=letter.key)


def _at_once(notification: Notification, kind: Kind) -> Letter:
    person = notification.recipient
    link = reverse("notifications:open", args=[notification.pk]) if notification.url else ""
    return compose(
        Draft(
            to=person.email,
            key=f"notification:{notification.pk}",
            items=[Item(notification.title, notification.text, link)],
            stop=Stop(person=person.pk, group=kind.group.value),
            template="notification",
            kind=kind.code,
            recipient=person,
            more={"group": kind.group.label},
        )
    )
