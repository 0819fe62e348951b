"""Who is asked to read a practice: the portal chooses, and asks the next one when somebody steps back."""

from datetime import datetime, time, timedelta

from django.db.models import Count, DateTimeField, Max, Q, QuerySet
from django.utils import timezone

from accounts.models import User
from accounts.roles import Role
from practices.models import PracticePage, Review, ReviewSettings, Round, Submission
from practices.models.review import RoundDeed
from practices.review import letters
from schools.models import Membership

State = Review.State
LONG_AGO = datetime(2000, 1, 1, tzinfo=timezone.get_default_timezone())


def fill(opened: Round, *, another: bool = False) -> int:
    """Asks experts until there are as many as the round needs; returns how many are missing still.

    The round is locked by the caller. `another`: two disagree, so one more is needed.
    """
    rules = ReviewSettings.load()
    called = another or opened.reviews.filter(is_extra=True).exists()
    reading = opened.reviews.filter(state__in=[State.ASKED, State.DONE])
    has_extra = reading.filter(is_extra=True).exists()
    missing = rules.experts + called - reading.count()
    # The clock comes by every hour while nobody is free: that another is needed is said once.
    if another and missing > 0 and not opened.deeds.filter(deed=RoundDeed.Deed.ANOTHER).exists():
        opened.deeds.create(deed=RoundDeed.Deed.ANOTHER)
    while missing > 0:
        found = candidates(opened)
        if not found:
            letters.nobody_free(opened)
            break
        ask(opened, found[0], is_extra=called and not has_extra)
        has_extra = has_extra or called
        missing -= 1
    return max(missing, 0)


def ask(opened: Round, expert: User, *, is_extra: bool = False, by: User | None = None) -> Review:
    """Asks this expert, perhaps one who had stepped back from it before."""
    rules = ReviewSettings.load()
    fields = {
        "state": State.ASKED,
        "is_extra": is_extra,
        "asked_at": timezone.now(),
        "due_at": end_of_day(rules.days),
        "reminded_at": None,
        "reason": "",
    }
    review, _created = Review.objects.update_or_create(round=opened, expert=expert, defaults=fields)
    opened.deeds.create(deed=RoundDeed.Deed.ASKED, expert=expert, by=by)
    letters.asked(review)
    return review


def end_of_day(days: int) -> datetime:
    """The last minute of the day so many days from now, by the city's clock: «до 12 мая» includes the twelfth."""
    day = timezone.localdate() + timedelta(days=days)
    return timezone.make_aware(datetime.combine(day, time(23, 59)))


def candidates(opened: Round) -> list[User]:
    """Who may be asked next, the best first: who has read the last text, by subject, the least loaded.

    Not among them: who has read or declined this practice's round, whose month is full.
    """
    # Two rounds that open at once would both take the last free hour of one expert.
    rules = ReviewSettings.objects.select_for_update().get(pk=ReviewSettings.load().pk)
    declined = Review.objects.filter(round__practice=opened.practice_id, state=State.DECLINED).values("expert")
    people = (
        eligible(opened)
        .exclude(pk__in=declined.exclude(expert=None))
        .exclude(pk__in=opened.reviews.exclude(expert=None).values("expert"))
    )
    free = [person for person in with_loads(people) if person.this_month < rules.monthly_cap]
    practice = opened.revision.as_object()
    by_subject = set(
        User.subjects.through.objects.filter(subject__in=practice.subjects.all()).values_list("user_id", flat=True)
    )
    before = set(
        Review.objects.done()
        .filter(round__practice=opened.practice_id, round__number=opened.number - 1)
        .values_list("expert_id", flat=True)
    )
    return sorted(
        free,
        key=lambda person: (
            person.pk not in before,
            person.pk not in by_subject,
            person.reading_now,
            person.this_month,
            person.last_asked or LONG_AGO,
            person.pk,
        ),
    )


def eligible(opened: Round) -> QuerySet[User]:
    """Experts who are strangers to the practice: not its author, not of its authors' schools."""
    practice = opened.revision.as_object()
    authors = authors_of(practice) | {opened.submitted_by_id}
    schools = set(
        Membership.objects.filter(user__in=authors - {None}, confirmed_at__isnull=False).values_list(
            "school_id", flat=True
        )
    ) | {practice.school_id}
    colleagues = Membership.objects.filter(school__in=schools - {None}, confirmed_at__isnull=False).values("user")
    return (
        User.objects.with_role(Role.EXPERT)
        .filter(is_active=True)
        .exclude(pk__in=authors - {None})
        .exclude(pk__in=colleagues)
    )


def authors_of(practice: PracticePage) -> set[int | None]:
    """Everybody who wrote it, those among them who are named in the text and the one who answers for it."""
    named = {author.user_id for author in practice.authors.all()}
    answering = set(Submission.objects.filter(practice=practice.pk).values_list("author_id", flat=True))
    return named | answering | {practice.owner_id}


def with_loads(people: QuerySet[User]) -> QuerySet[User]:
    """With `reading_now`, `this_month` and `last_asked` of each."""
    month = timezone.localtime().replace(day=1, hour=0, minute=0, second=0, microsecond=0)
    counted = Q(reviews__state__in=[State.ASKED, State.DONE], reviews__asked_at__gte=month)
    waiting = Q(reviews__state=State.ASKED, reviews__round__closed_at=None)
    return people.annotate(
        reading_now=Count("reviews", filter=waiting, distinct=True),
        this_month=Count("reviews", filter=counted, distinct=True),
        last_asked=Max("reviews__asked_at", output_field=DateTimeField()),
    )
