"""Several people, and several clicks of one, at the same moment."""

from threading import Barrier, Thread

import pytest
from django.db import connection
from wagtail.models import Page

from practices.authoring import drafts
from practices.models import PracticePage, Submission
from tests.factories import authoring as factory
from tests.factories import pages

pytestmark = pytest.mark.django_db(transaction=True)


def together(*deeds) -> list:
    """Each in a thread of its own, beginning at one moment; what each returned or raised."""
    barrier, outcomes = Barrier(len(deeds)), [None] * len(deeds)

    def run(number, deed):
        barrier.wait()
        try:
            outcomes[number] = deed()
        except Exception as error:  # noqa: BLE001 - the test looks at it
            outcomes[number] = error
        finally:
            connection.close()

    threads = [Thread(target=run, args=entry) for entry in enumerate(deeds)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return outcomes


def test_authors_who_begin_at_once_get_a_place_each():
    pages.bank_page()
    authors = [factory.author() for _each in range(4)]
    made = together(*(lambda author=author: drafts.start(author=author, title="Начало") for author in authors))

    assert [type(each) for each in made] == [PracticePage] * 4
    assert len({page.path for page in made}) == 4
    assert Page.find_problems() == ([], [], [], [], [])


def test_two_first_saves_of_one_form_make_one_draft():
    pages.bank_page()
    author, origin = factory.author(), "6f0f3a52-0000-4000-8000-000000000000"
    made = together(*[lambda: drafts.start(author=author, origin=origin, title="Один") for _time in range(3)])
    assert {each.pk for each in made} == set(PracticePage.objects.values_list("pk", flat=True))
    assert Submission.objects.count() == 1


def test_of_two_saves_at_once_one_wins_and_the_other_is_told():
    author = factory.author()
    practice = factory.written(author)
    saves = together(
        *[
            lambda title=title: drafts.save(practice=practice, user=author, version=1, content={"title": title})
            for title in ("Первый", "Второй")
        ]
    )
    assert sorted(type(each).__name__ for each in saves) == ["Stale", "Submission"]
    assert Submission.objects.get().version == 2
