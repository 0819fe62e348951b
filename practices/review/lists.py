"""Lists of reviews and rounds, each in a constant number of queries."""

from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Prefetch, QuerySet
from django.utils import timezone

from accounts.models import User
from accounts.roles import Role
from practices.authoring.permissions import practices_of
from practices.models import Review, ReviewSettings, Round
from practices.review.services.filling import with_loads

#: Reviews that an expert has done, shown in their list.
SHOWN = 100


def waiting_for(expert: User) -> QuerySet[Review]:
    """What the expert is asked to read now, the most urgent first."""
    return expert.reviews.waiting().select_related("round__practice").order_by("due_at", "pk")


def done_by(expert: User) -> QuerySet[Review]:
    """What the expert has read, the newest first, each with its round's outcome if there is one."""
    return expert.reviews.done().select_related("round__practice").order_by("-finished_at", "-pk")[:SHOWN]


@dataclass(frozen=True)
class Row:
    """A round in the coordinator's list. `reviews`: of those who read or have read it, none where it is their own."""

    round: Round
    title: str
    days: int
    reviews: list[Review]
    missing: int
    is_late: bool
    is_own: bool


@dataclass(frozen=True)
class Load:
    """An expert and what lies on them."""

    expert: User
    subjects: list[str]
    reading_now: int
    this_month: int
    is_full: bool
    late: int


def queue(coordinator: User) -> list[Row]:
    """All that is under review: what nobody reads first, then what is late, then the oldest."""
    rules = ReviewSettings.load()
    reading = Review.objects.filter(state__in=[Review.State.ASKED, Review.State.DONE]).select_related("expert")
    rounds = list(
        Round.objects.open()
        .select_related("practice")
        .prefetch_related(Prefetch("reviews", reading.order_by("pk"), to_attr="reading"))
        .order_by("opened_at", "pk")
    )
    own = set(
        practices_of(coordinator).filter(pk__in=[each.practice_id for each in rounds]).values_list("pk", flat=True)
    )
    rows = [_row(each, rules, is_own=each.practice_id in own) for each in rounds]
    return sorted(rows, key=lambda row: (not row.missing, not row.is_late, row.round.opened_at, row.round.pk))


def _row(opened: Round, rules: ReviewSettings, *, is_own: bool) -> Row:
    needed = rules.experts + any(review.is_extra for review in opened.reading)
    now = timezone.now()
    return Row(
        round=opened,
        title=opened.practice.draft_title or opened.practice.title,
        days=(timezone.localdate() - timezone.localdate(opened.opened_at)) // timedelta(days=1),
        reviews=[] if is_own else opened.reading,
        missing=max(needed - len(opened.reading), 0),
        is_late=any(review.state == Review.State.ASKED and review.due_at < now for review in opened.reading),
        is_own=is_own,
    )


def loads() -> list[Load]:
    """All experts, the freest first."""
    cap = ReviewSettings.load().monthly_cap
    people = with_loads(User.objects.with_role(Role.EXPERT).filter(is_active=True))
    late = Prefetch("reviews", Review.objects.waiting().filter(due_at__lt=timezone.now()), to_attr="late_reviews")
    found = [
        Load(
            person,
            [subject.name for subject in person.subjects.all()],
            person.reading_now,
            person.this_month,
            person.this_month >= cap,
            len(person.late_reviews),
        )
        for person in people.prefetch_related("subjects", late)
    ]
    return sorted(found, key=lambda load: (load.is_full, load.reading_now, load.this_month, load.expert.sort_key))
