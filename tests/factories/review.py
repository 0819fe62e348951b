"""Practices under review and the people around them."""

from itertools import count

from django.utils import timezone

from accounts.models import User
from practices.models import Criterion, PracticeAuthor, PracticePage, Review, ReviewSettings, Round, Submission
from practices.review import services
from practices.review.services import Written
from schools.models import Membership, SchoolPage
from tests.factories import pages
from tests.factories.accounts import UserFactory

numbers = count(1)


def expert(*subjects, school: SchoolPage | None = None, **fields) -> User:
    person = UserFactory(roles=["expert"], subjects=subjects, **fields)
    if school:
        works_at(person, school)
    return person


def works_at(person: User, school: SchoolPage) -> Membership:
    return Membership.objects.create(user=person, school=school, confirmed_at=timezone.now())


def coordinator(**fields) -> User:
    return UserFactory(roles=["coordinator"], **fields)


def rules(**values) -> ReviewSettings:
    """The review's settings with these values."""
    settings = ReviewSettings.load()
    for name, value in values.items():
        setattr(settings, name, value)
    settings.save()
    return settings


def written(author: User | None = None, *, coauthors=(), **values) -> PracticePage:
    """A whole draft of an author's, ready to be submitted."""
    author = author or UserFactory(roles=["teacher"])
    values = {
        "title": f"Остаток — не ошибка {next(numbers)}",
        "summary": "Два урока о делении.",
        "problem": "<p>Ученики не чувствуют, откуда берётся остаток.</p>",
        "body": [
            {"type": "prose", "value": "<p>Раскладываем пуговицы.</p>", "id": "11111111-1111-4111-8111-111111111111"}
        ],
        "results": "<p>Ошибок стало меньше.</p>",
        **values,
    }
    page = pages.draft(owner=author, **values)
    for person in [author, *coauthors]:
        page.authors.add(PracticeAuthor(user=person))
    page.save()
    Submission.objects.create(practice=page, author=author)
    page.save_revision(user=author)
    return PracticePage.objects.get(pk=page.pk)


def submitted(author: User | None = None, **values) -> Round:
    """A round just opened, with the experts that the portal found."""
    practice = written(author, **values)
    return services.open_round(practice=practice, user=practice.submission.author)


def again(practice: PracticePage, **values) -> Round:
    """The author writes something else and submits again."""
    text = PracticePage.objects.get(pk=practice.pk).get_latest_revision_as_object()
    for name, value in values.items():
        setattr(text, name, value)
    text.save_revision(user=practice.owner)
    return services.open_round(practice=practice, user=practice.owner)


def judgement(verdict: str = "accept", points: int = 3, **fields) -> Written:
    """All that a verdict needs."""
    criteria = Criterion.objects.filter(is_active=True)
    fields = {"text": "Спасибо, ясно и по делу.", "points": {each.pk: points for each in criteria}, **fields}
    return Written(verdict=verdict, **fields)


def finish(review: Review, verdict: str = "accept", points: int = 3, **fields) -> Review:
    review.refresh_from_db()
    return services.finish_review(review=review, version=review.version, data=judgement(verdict, points, **fields))


def reviews_of(opened: Round) -> list[Review]:
    """Those whom the experts are asked for, in the order of asking."""
    return list(opened.reviews.waiting().order_by("pk"))
