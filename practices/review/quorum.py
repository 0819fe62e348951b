"""What the experts' verdicts together say. Knows no database: a table of cases proves it.

| verdicts                                  | with two experts asked | once another was called      |
|-------------------------------------------|------------------------|------------------------------|
| fewer than asked                          | wait                   | wait                         |
| all accept                                | accepted               | accepted                     |
| all reject                                | rejected               | rejected                     |
| some return, the rest return or reject    | returned               | the most frequent, tie: returned |
| some accept, some return                  | returned               | the most frequent, tie: returned |
| some accept, some reject                  | another expert         | the most frequent, tie: returned |
| far apart by a criterion, somebody accepts | another expert        | the most frequent, tie: returned |

Experts far apart who all want changes, or all reject, call nobody: nothing that another could say would change the
outcome, and the author would wait for it.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum
from itertools import combinations

from practices.models.review import Review

Verdict = Review.Verdict


class Step(Enum):
    """What comes next in a round."""

    WAIT = "wait"
    ANOTHER = "another expert"
    ACCEPTED = "accepted"
    RETURNED = "returned"
    REJECTED = "rejected"


OUTCOMES = {Verdict.ACCEPT: Step.ACCEPTED, Verdict.RETURN: Step.RETURNED, Verdict.REJECT: Step.REJECTED}


@dataclass(frozen=True)
class Vote:
    """A verdict with its points by criterion."""

    verdict: str
    points: Mapping[int, int] = field(default_factory=dict)


def settle(votes: Sequence[Vote], *, experts: int, gap: int, with_another: bool) -> Step:
    """The step after these verdicts.

    Args:
        votes: of the finished reviews.
        experts: how many are asked of a practice.
        gap: points between two experts by one criterion that call another.
        with_another: another expert was called already.
    """
    if len(votes) < experts + with_another:
        return Step.WAIT
    if with_another:
        return _majority(votes)
    if _disagree(votes, gap):
        return Step.ANOTHER
    verdicts = {vote.verdict for vote in votes}
    return OUTCOMES[Verdict(verdicts.pop())] if len(verdicts) == 1 else Step.RETURNED


def _majority(votes: Sequence[Vote]) -> Step:
    (verdict, most), *others = Counter(vote.verdict for vote in votes).most_common()
    is_tie = any(number == most for _verdict, number in others)
    return Step.RETURNED if is_tie else OUTCOMES[Verdict(verdict)]


def _disagree(votes: Sequence[Vote], gap: int) -> bool:
    verdicts = {vote.verdict for vote in votes}
    if Verdict.ACCEPT not in verdicts:
        return False
    return Verdict.REJECT in verdicts or any(far_apart(one, other, gap) for one, other in combinations(votes, 2))


def far_apart(one: Vote, other: Vote, gap: int) -> bool:
    """Whether two experts differ by some criterion at least by the gap; a gap of 0 is no rule at all."""
    return gap > 0 and any(abs(points - other.points.get(by, points)) >= gap for by, points in one.points.items())
