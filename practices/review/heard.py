"""What the author hears of a review: never who said it, unless the coordinator has so decided; never before the end.

Of a text that was called back nothing is heard: whoever could read the first verdict and take the text back would
always do so.
"""

from collections import defaultdict
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal

from django.db.models import Avg
from django.utils.translation import gettext as _

from practices.choices import TextSection
from practices.models import PracticePage, Review, ReviewSettings, Round, Score


@dataclass(frozen=True)
class Opinion:
    """One expert's word; `expert` is «Эксперт 1», or the name where names are shown."""

    expert: str
    verdict: str
    verdict_label: str
    text: str
    comments: list[tuple[str, str, str]] = field(default_factory=list)  # section's code, its title, what is said


@dataclass(frozen=True)
class Heard:
    """What was said in one closed round."""

    round: Round
    opinions: list[Opinion]


def opinions_in(rounds: list[Round]) -> list[Heard]:
    """The words of finished reviews of closed rounds, none of those called back; in a constant number of queries."""
    closed = [each for each in rounds if not each.is_open]
    decided = [each for each in closed if each.outcome != Round.Outcome.CALLED_BACK]
    shows_names = ReviewSettings.load().shows_experts
    reviews = defaultdict(list)
    for review in (
        Review.objects.done()
        .filter(round__in=decided)
        .select_related("expert")
        .prefetch_related("comments")
        .order_by("pk")
    ):
        reviews[review.round_id].append(review)
    return [
        Heard(each, [_opinion(review, number, shows_names) for number, review in enumerate(reviews[each.pk], 1)])
        for each in closed
    ]


def _opinion(review: Review, number: int, shows_names: bool) -> Opinion:
    name = (
        review.expert.get_full_name() if shows_names and review.expert else _("Expert %(number)s") % {"number": number}
    )
    said = {comment.section: comment.text for comment in review.comments.all()}
    comments = [(code, str(title), said[code]) for code, title in TextSection.choices if code in said]
    return Opinion(name, review.verdict, review.get_verdict_display(), review.text, comments)


def comments_for_author(practice: PracticePage) -> dict[str, list[dict]]:
    """What the experts of the last decided round said to each section.

    By codes of `TextSection`; under "" what they said to the whole and what the coordinator said. Each:
    `{text, expert, verdict, verdict_label, round}`, `round` being its number and `verdict` empty for the coordinator.
    """
    decided = practice.rounds.exclude(closed_at=None).exclude(outcome=Round.Outcome.CALLED_BACK)
    last = decided.order_by("-number").first()
    if last is None:
        return {}
    found = defaultdict(list)
    if last.note:
        found[""].append(_line(last, last.note, _("Coordinator"), "", ""))
    for opinion in opinions_in([last])[0].opinions:
        said = (opinion.expert, opinion.verdict, opinion.verdict_label)
        if opinion.text.strip():
            found[""].append(_line(last, opinion.text, *said))
        for section, _title, text in opinion.comments:
            found[section].append(_line(last, text, *said))
    return dict(found)


def _line(of: Round, text: str, expert: str, verdict: str, label: str) -> dict:
    return {"text": text, "expert": expert, "verdict": verdict, "verdict_label": label, "round": of.number}


def round_score(of: Round) -> Decimal | None:
    """The mean of all points that the experts gave, from 0 to 3 with two digits; None before the first verdict."""
    mean = Score.objects.filter(review__round=of, review__state=Review.State.DONE).aggregate(mean=Avg("points"))["mean"]
    return None if mean is None else Decimal(mean).quantize(Decimal("0.01"), ROUND_HALF_UP)


def is_best(of: Round) -> bool:
    """Whether the practice earns «Лучшая практика»: enough experts, all accept, and the mean is high enough."""
    rules = ReviewSettings.load()
    verdicts = list(of.reviews.done().values_list("verdict", flat=True))
    agree = len(verdicts) >= rules.experts and set(verdicts) == {Review.Verdict.ACCEPT}
    score = round_score(of)
    return of.outcome == Round.Outcome.ACCEPTED and agree and score is not None and score >= rules.best_from
