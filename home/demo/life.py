"""The life around the practices: people agree, write, review, try out, complain; each day has its date."""

from collections.abc import Callable, Iterable
from datetime import timedelta

from django.db.models import F, Q
from django.db.models.functions import Least, Now
from django.utils import timezone

from core.models import Subject
from home.demo import adoptions, care, cast, papers, people, reviews, staff, works
from home.demo.silence import no_letters
from notifications.models import Notification
from practices.models import BankPage, Review
from practices.review.letters import read_url
from schools.models import SchoolPage

#: What the demo's people were told longer ago, they have read.
READ_AFTER = timedelta(days=10)


def make(
    bank: BankPage,
    subjects: dict[str, Subject],
    schools: dict[str, SchoolPage],
    *,
    bar: Callable[[Iterable, str, int], Iterable],
) -> None:
    """All of it that is not there; `bar(items, title, total)` wraps a list, to show progress."""
    care.publish_what_will_be_withdrawn(bank)
    pages = cast.practices()
    unreviewed, untold = reviews.unreviewed(pages), adoptions.untold(pages)
    unwritten = works.unwritten(pages)
    with no_letters():
        staff.make(subjects, schools)
        reviews.accept(bar(unreviewed, "accepted by experts", len(unreviewed)))
        papers.give(papers.unattested(cast.practices()))
        pages = cast.practices()
        adoptions.report(bar(untold, "tried by colleagues", len(untold)), pages)
        works.write(bar(unwritten, "drafts and reviews", len(unwritten)), pages, subjects)
        care.correct(pages)
        care.withdraw(pages)
        care.complain()
        if unreviewed or untold or unwritten:
            _read_old_news()


def _read_old_news() -> None:
    """What was told long ago is read by now, and what an expert has answered."""
    unread = Notification.objects.unread().filter(recipient__in=people.everybody())
    answered = [read_url(review) for review in Review.objects.exclude(state=Review.State.ASKED)]
    read = Least(F("created_at") + timedelta(hours=20), Now())
    unread.filter(Q(url__in=answered) | Q(created_at__lt=timezone.now() - READ_AFTER)).update(read_at=read)
