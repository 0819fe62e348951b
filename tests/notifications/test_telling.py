"""One call tells a person: in the portal at once, by mail as they wish."""

import pytest
from django.db import transaction
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override
from procrastinate.contrib.django.models import ProcrastinateJob

from notifications.addresses import inner
from notifications.kinds import UnknownKindError
from notifications.models import Letter, Notification
from notifications.services import choosing, notify, send_letter
from tests.factories.accounts import UserFactory

pytestmark = pytest.mark.django_db


def tell(*people, kind="decision", key="round-1", **words):
    words = {"title": "Практика принята", "text": "Поздравляем.", "url": "/practices/5/"} | words
    return notify(recipients=people, kind=kind, key=key, **words)


def jobs() -> list[int]:
    found = ProcrastinateJob.objects.filter(task_name="notifications.tasks.send_letter").order_by("pk")
    return [job.args["letter_id"] for job in found]


def test_what_is_important_is_told_and_mailed_at_once(irina):
    (notification,) = tell(irina)

    letter = Letter.objects.get()
    assert (notification.title, notification.text, notification.url, notification.read_at) == (
        "Практика принята",
        "Поздравляем.",
        "/practices/5/",
        None,
    )
    assert (letter.to, letter.recipient, letter.subject, letter.kind, letter.state) == (
        "irina@school.example",
        irina,
        "Практика принята",
        "decision",
        "waiting",
    )
    assert jobs() == [letter.pk]


def test_the_rest_waits_for_the_letter_of_the_day(irina):
    (notification,) = tell(irina, kind="used")

    assert (notification.digest, Letter.objects.count(), jobs()) == ("daily", 0, [])


def test_told_twice_it_is_one_notification_and_one_letter(irina, pyotr):
    assert len(tell(irina)) == 1
    assert [told.recipient for told in tell(irina, pyotr, irina)] == [pyotr]
    assert tell(irina, pyotr) == []

    assert (Notification.objects.count(), Letter.objects.count(), len(jobs())) == (2, 2, 2)


def test_another_key_is_another_event(irina):
    tell(irina, key="round-1")
    tell(irina, key="round-2")

    assert Notification.objects.count() == 2


def test_who_has_no_active_account_is_told_nothing(irina):
    gone = UserFactory(is_active=False)

    assert [told.recipient for told in tell(gone, irina)] == [irina]
    assert list(Letter.objects.values_list("to", flat=True)) == [irina.email]


def test_nobody_to_tell_is_no_mistake(db):
    assert tell() == []


def test_a_rollback_takes_notification_letter_and_job_back(irina):
    with transaction.atomic():
        tell(irina)
        transaction.set_rollback(True)

    assert (Notification.objects.count(), Letter.objects.count(), jobs()) == (0, 0, [])


def test_an_unknown_kind_is_refused(irina):
    with pytest.raises(UnknownKindError):
        tell(irina, kind="no such")


def test_words_are_russian_whoever_caused_them(irina):
    with override("en"):
        (notification,) = tell(irina, title=_("Saved."))

    letter = Letter.objects.get()
    assert (notification.title, letter.subject) == ("Сохранено.", "Сохранено.")
    assert letter.text.startswith("Здравствуйте, Ирина Алексеевна!")


def test_a_letter_reads_the_same_in_both_forms(irina):
    (notification,) = tell(irina, text="Первый абзац.\n\nВторой <b>абзац</b>.")

    letter = Letter.objects.get()
    link = f"http://testserver/notifications/{notification.pk}/open/"
    for part in ("Первый абзац.", link, letter.unsubscribe_url, "http://testserver/notifications/settings/"):
        assert (part in letter.text, part in letter.html) == (True, True), part
    assert "Второй <b>абзац</b>." in letter.text
    assert "Второй &lt;b&gt;абзац&lt;/b&gt;." in letter.html


def test_a_title_of_many_lines_makes_no_headers(irina):
    (notification,) = tell(irina, title="Тема\r\nBcc: all@school.example")

    assert notification.title == "Тема Bcc: all@school.example"
    assert Letter.objects.get().subject == "Тема Bcc: all@school.example"


def test_a_very_long_title_is_shortened(irina):
    (notification,) = tell(irina, title="слово " * 100)

    assert len(notification.title) <= 250
    assert len(Letter.objects.get().subject) <= 200


@pytest.mark.parametrize(
    ("url", "path"),
    [
        ("/practices/5/?a=1#b", "/practices/5/?a=1#b"),
        ("http://localhost/practices/5/", "/practices/5/"),
        ("https://evil.example/x", "/x"),
        ("//evil.example/x", "/x"),
        ("////evil.example", "/evil.example"),
        ("/\t/evil.example", "/"),
        ("/\\evil.example", "/evil.example"),
        ("javascript:alert(1)", "/alert(1)"),
        ("", ""),
    ],
)
def test_a_notification_leads_into_the_portal_only(irina, url, path):
    (notification,) = tell(irina, url=url)

    assert notification.url == inner(url) == path


def test_telling_many_costs_as_many_queries_as_telling_one(django_assert_num_queries, irina):
    people = UserFactory.create_batch(30)
    with django_assert_num_queries(9):
        tell(irina)
    with django_assert_num_queries(9):
        tell(*people, key="round-2")
    assert len(jobs()) == 31


def test_a_choice_changes_how_news_come(irina):
    choosing.choose(person=irina, choices={"practices": "at-once"})
    tell(irina, kind="used", key="a")
    choosing.choose(person=irina, choices={"practices": "off"})
    tell(irina, kind="decision", key="b")
    choosing.choose(person=irina, choices={"practices": "weekly"})
    tell(irina, kind="decision", key="c")
    choosing.choose(person=irina, choices={"practices": "important"})
    tell(irina, kind="decision", key="d")
    tell(irina, kind="used", key="e")

    mailed = {letter.key for letter in Letter.objects.all()}
    told = Notification.objects.order_by("key")
    assert [(item.key, item.digest, f"notification:{item.pk}" in mailed) for item in told] == [
        ("a", "", True),
        ("b", "", False),
        # What waited for a digest when the choice became «important» is dropped where it is not.
        ("c", "daily", False),
        ("d", "", True),
        ("e", "", False),
    ]


def test_a_stranger_gets_a_letter_and_no_account_is_needed(db):
    def write():
        return send_letter(
            to=" New@School.example ", title="Вас зовут в соавторы", text="Откройте.", url="/i/abc/", key="i-1"
        )

    letter = write()

    assert (letter.to, letter.recipient, letter.subject, letter.state) == (
        "new@school.example",
        None,
        "Вас зовут в соавторы",
        "waiting",
    )
    assert "http://testserver/i/abc/" in letter.text
    assert write() == letter
    assert jobs() == [letter.pk]
