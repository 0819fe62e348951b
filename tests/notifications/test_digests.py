"""Letters of the day and of the week: what is unread, in one letter, once."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone

from notifications.digests import LONGEST, gather, last_hour
from notifications.kinds import Frequency
from notifications.models import Letter, Notification
from notifications.services import choosing, reading
from notifications.tasks import gather_digests
from tests.factories import notifications as factory

pytestmark = pytest.mark.django_db
CITY = ZoneInfo("Asia/Vladivostok")
#: A Wednesday.
EVENING = datetime(2026, 11, 25, 18, 0, tzinfo=CITY)


@pytest.mark.parametrize(
    ("frequency", "moment", "hour"),
    [
        ("daily", datetime(2026, 11, 25, 17, 59, tzinfo=CITY), datetime(2026, 11, 24, 18, 0, tzinfo=CITY)),
        ("daily", EVENING, EVENING),
        ("daily", datetime(2026, 11, 26, 3, 0, tzinfo=CITY), EVENING),
        ("weekly", EVENING, datetime(2026, 11, 23, 8, 0, tzinfo=CITY)),
        ("weekly", datetime(2026, 11, 23, 7, 59, tzinfo=CITY), datetime(2026, 11, 16, 8, 0, tzinfo=CITY)),
        ("weekly", datetime(2026, 11, 23, 8, 0, tzinfo=CITY), datetime(2026, 11, 23, 8, 0, tzinfo=CITY)),
    ],
)
def test_digests_are_due_at_local_hours(frequency, moment, hour):
    assert last_hour(Frequency(frequency), moment.astimezone(ZoneInfo("UTC"))) == hour


def waiting(person, digest="daily", before=timedelta(hours=1), **fields) -> Notification:
    return factory.notification(person, digest=digest, created_at=EVENING - before, **fields)


def test_the_letter_of_the_day_holds_what_is_unread(irina, pyotr):
    second = waiting(irina, title="Вторая", text="Провели\nу себя.")
    first = waiting(irina, title="Первая", before=timedelta(hours=2))
    read = waiting(irina, title="Прочитанная")
    reading.mark_read(read)
    waiting(irina, "weekly", title="Еженедельная")
    waiting(pyotr, title="Чужая")

    assert gather(Frequency.DAILY, EVENING) == 2
    letter = Letter.objects.get(recipient=irina)
    assert (letter.to, letter.subject, letter.key, letter.state) == (
        irina.email,
        "2 уведомления за день",
        f"digest:daily:{irina.pk}:2026-11-25",
        "waiting",
    )
    items = [
        "— Вторая",
        "  Провели у себя.",
        f"  http://testserver/notifications/{second.pk}/open/",
        "",
        "— Первая",
        f"  http://testserver/notifications/{first.pk}/open/",
    ]
    assert "\n".join(items) in letter.text
    assert [title in letter.html for title in ("Вторая", "Первая", "Прочитанная", "Еженедельная", "Чужая")] == [
        True,
        True,
        False,
        False,
        False,
    ]


def test_a_digest_is_written_once_and_what_came_later_waits_for_the_next(irina):
    waiting(irina)
    assert [gather(Frequency.DAILY, EVENING + timedelta(minutes=10 * n)) for n in range(3)] == [1, 0, 0]

    late = waiting(irina, before=timedelta(hours=-1))
    slow = waiting(irina, before=timedelta(minutes=1))
    assert gather(Frequency.DAILY, EVENING + timedelta(hours=2)) == 0
    assert gather(Frequency.DAILY, EVENING + timedelta(days=1)) == 1
    assert [letter.subject for letter in Letter.objects.order_by("pk")] == [
        "1 уведомление за день",
        "2 уведомления за день",
    ]
    assert [Notification.objects.get(pk=item.pk).digest for item in (late, slow)] == ["", ""]


def test_a_worker_that_was_away_at_the_hour_catches_up(irina):
    waiting(irina)

    assert gather(Frequency.DAILY, EVENING + timedelta(hours=9)) == 1


def test_the_letter_of_the_week_comes_on_monday(irina):
    waiting(irina, "weekly")
    assert gather(Frequency.WEEKLY, EVENING) == 0
    assert gather(Frequency.WEEKLY, datetime(2026, 11, 30, 8, 0, tzinfo=CITY)) == 1
    letter = Letter.objects.get()
    assert (letter.subject, letter.key) == ("1 уведомление за неделю", f"digest:weekly:{irina.pk}:2026-11-30")


def test_a_very_long_digest_ends_with_how_many_more(irina):
    for _number in range(LONGEST + 2):
        waiting(irina)

    gather(Frequency.DAILY, EVENING)
    letter = Letter.objects.get()
    assert "И ещё 2 уведомления на портале: http://testserver/notifications/" in letter.text
    assert letter.text.count("— Практику провели у себя") == LONGEST


def test_who_has_left_gets_no_digest(irina):
    irina.is_active = False
    irina.save()
    waiting(irina)

    assert (gather(Frequency.DAILY, EVENING), Letter.objects.count()) == (0, 0)
    assert Notification.objects.get().digest == ""


def test_what_waits_follows_a_new_choice(irina):
    used = waiting(irina)
    answer = waiting(irina, kind="answer")
    choosing.choose(person=irina, choices={"practices": "weekly", "complaints": "off"})
    assert [Notification.objects.get(pk=item.pk).digest for item in (used, answer)] == ["weekly", ""]
    choosing.choose(person=irina, choices={"practices": None})
    assert Notification.objects.get(pk=used.pk).digest == "daily"
    choosing.choose(person=irina, choices={"practices": "at-once"})
    assert Notification.objects.get(pk=used.pk).digest == "daily"


def test_the_clock_writes_digests_and_tells_the_coordinators_of_troubled_letters(irina, coordinator):
    factory.notification(irina, digest="daily", created_at=timezone.now() - timedelta(days=2))
    trouble = factory.in_doubt()
    moment = int(timezone.now().timestamp())

    gather_digests(timestamp=moment)
    gather_digests(timestamp=moment)

    assert [letter.recipient for letter in Letter.objects.exclude(pk=trouble.pk)] == [irina]
    told = Notification.objects.get(recipient=coordinator)
    assert (told.kind, told.title, told.url, told.digest) == (
        "troubled-letters",
        "1 письмо не отправлено",
        "/notifications/letters/",
        "daily",
    )
