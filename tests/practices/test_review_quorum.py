"""What verdicts together say, case by case."""

import pytest

from practices.review.quorum import Step, Vote, settle

A, B = 1, 2


def votes(*verdicts: str) -> list[Vote]:
    """`accept 3 2` is a verdict with 3 points by one criterion and 2 by another."""
    found = []
    for line in verdicts:
        verdict, *points = line.split()
        found.append(Vote(verdict, dict(zip((A, B), map(int, points), strict=False))))
    return found


CASES = [
    # verdicts, experts asked, another called already, what follows
    ([], 2, False, Step.WAIT),
    (["accept"], 2, False, Step.WAIT),
    (["accept 3 3", "accept 3 2"], 2, False, Step.ACCEPTED),
    (["accept 3 3", "return 2 2"], 2, False, Step.RETURNED),
    (["return 1 1", "return 1 2"], 2, False, Step.RETURNED),
    (["return 1 1", "reject 1 0"], 2, False, Step.RETURNED),
    (["reject 0 1", "reject 1 1"], 2, False, Step.REJECTED),
    (["accept 2 2", "reject 2 2"], 2, False, Step.ANOTHER),
    (["accept 3 3", "accept 3 1"], 2, False, Step.ANOTHER),
    (["accept 3 3", "return 1 3"], 2, False, Step.ANOTHER),
    (["return 3 3", "return 0 0"], 2, False, Step.RETURNED),
    (["return 3 3", "reject 0 0"], 2, False, Step.RETURNED),
    (["reject 3 3", "reject 0 0"], 2, False, Step.REJECTED),
    (["accept", "reject"], 2, True, Step.WAIT),
    (["accept", "reject", "accept"], 2, True, Step.ACCEPTED),
    (["accept", "reject", "reject"], 2, True, Step.REJECTED),
    (["accept", "return", "return"], 2, True, Step.RETURNED),
    (["accept", "return", "accept"], 2, True, Step.ACCEPTED),
    (["accept", "return", "reject"], 2, True, Step.RETURNED),
    (["accept 3 3", "accept 3 0", "accept 0 3"], 2, True, Step.ACCEPTED),
    (["accept 3 3"], 1, False, Step.ACCEPTED),
    (["return 0 0"], 1, False, Step.RETURNED),
    (["reject 0 0"], 1, False, Step.REJECTED),
    (["accept 3 3", "accept 2 2", "accept 3 2"], 3, False, Step.ACCEPTED),
    (["accept 3 3", "accept 3 3", "return 2 2"], 3, False, Step.RETURNED),
    (["accept 3 3", "accept 3 3", "reject 2 2"], 3, False, Step.ANOTHER),
    (["accept", "accept", "reject", "reject"], 3, True, Step.RETURNED),
    (["accept", "accept", "accept", "reject"], 3, True, Step.ACCEPTED),
]


@pytest.mark.parametrize(("verdicts", "experts", "with_another", "step"), CASES)
def test_verdicts_settle(verdicts, experts, with_another, step):
    assert settle(votes(*verdicts), experts=experts, gap=2, with_another=with_another) is step


@pytest.mark.parametrize("case", CASES)
def test_the_order_of_verdicts_does_not_matter(case):
    verdicts, experts, with_another, step = case
    assert settle(votes(*reversed(verdicts)), experts=experts, gap=2, with_another=with_another) is step


@pytest.mark.parametrize(("gap", "step"), [(1, Step.ANOTHER), (2, Step.ACCEPTED), (0, Step.ACCEPTED)])
def test_the_coordinator_says_how_far_apart_is_too_far(gap, step):
    assert settle(votes("accept 3 3", "accept 3 2"), experts=2, gap=gap, with_another=False) is step
