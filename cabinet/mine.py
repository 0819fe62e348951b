"""What a person has made and done here, in a constant number of queries however much it is."""

from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet

from accounts.models import User
from practices.authoring.permissions import written_by
from practices.choices import AuthorRole
from practices.models import Adoption, PracticePage
from practices.stages import Code, Stage, stages_of


@dataclass(frozen=True)
class Row:
    """A practice of mine: where it is and what I can do with it."""

    practice: PracticePage
    stage: Stage
    #: Never shown to anybody: may be thrown away.
    is_mere_draft: bool
    #: Public now or once: has a page for corrections, reports and withdrawal.
    is_or_was_public: bool

    @property
    def title(self) -> str:
        return self.practice.draft_title or self.practice.title


def practices_of(user: User) -> QuerySet[PracticePage]:
    """Those that I write or have written, the last touched first."""
    mine = PracticePage.objects.filter(written_by(user)).order_by().values("pk")
    return (
        PracticePage.objects.filter(pk__in=mine)
        .select_related("statistics", "withdrawal")
        .defer("body", "problem", "results", "did_not_work")
        .annotate(rounds_count=Count("rounds", distinct=True))
        .order_by("-latest_revision_created_at", "-pk")
    )


def rows(practices: list[PracticePage]) -> list[Row]:
    stages = stages_of(practices)
    return [
        Row(
            practice,
            stages[practice.pk],
            is_mere_draft=practice.first_published_at is None and not practice.rounds_count,
            is_or_was_public=practice.live or stages[practice.pk].code == Code.WITHDRAWN,
        )
        for practice in practices
    ]


def reports_by(user: User) -> QuerySet[Adoption]:
    return Adoption.objects.filter(teacher=user).select_related("practice").order_by("-held_on", "-pk")


def reports_to(user: User) -> QuerySet[Adoption]:
    """Of reuses of my practices."""
    mine = PracticePage.objects.filter(
        Q(authors__user=user, authors__role=AuthorRole.AUTHOR) | Q(submission__author=user), live=True
    )
    shown = Adoption.objects.shown().filter(practice__in=mine.order_by().values("pk"))
    return shown.select_related("practice", "teacher", "school").order_by("-created_at", "-pk")
