"""Experts of the demo read and decide, through the services by which people do it."""

from datetime import datetime

from django.utils import timezone

from accounts.models import User
from home.demo import clock
from practices.models import Criterion, Review, Round
from practices.review import services as reviewing
from practices.review.services.writing import Written


def written(data: dict) -> Written:
    """What an expert has in the form: points in the order of the rubric, None where there are none yet."""
    criteria = Criterion.objects.filter(is_active=True)
    points = {
        criterion.pk: points for criterion, points in zip(criteria, data["points"], strict=True) if points is not None
    }
    return Written(
        points=points, comments=data.get("comments", {}), verdict=data.get("verdict", ""), text=data.get("text", "")
    )


def finish(opened: Round, data: dict, moment: datetime, by: User | None = None) -> None:
    """A verdict by this expert, or by the next one from whom it is awaited."""
    with clock.at(moment):
        reviewing.finish_review(review=(review := waiting(opened, by)), version=review.version, data=written(data))


def leave_unfinished(opened: Round, data: dict, moment: datetime, by: User) -> None:
    with clock.at(moment):
        reviewing.save_review(review=(review := waiting(opened, by)), version=review.version, data=written(data))


def decline_all(opened: Round, reasons: list[str]) -> None:
    """One after another steps back, one a day, until the portal finds nobody to ask."""
    number, first = 0, (timezone.now() - opened.opened_at).days - 1
    while review := Review.objects.filter(round=opened, state=Review.State.ASKED).order_by("pk").first():
        with clock.at(max(review.asked_at, clock.ago(max(0, first - number), f"declined {number}"))):
            reviewing.decline(review=review, reason=reasons[number % len(reasons)])
        number += 1


def waiting(opened: Round, expert: User | None = None) -> Review:
    asked = Review.objects.filter(round=opened, state=Review.State.ASKED)
    return asked.get(expert=expert) if expert else asked.order_by("pk")[0]
