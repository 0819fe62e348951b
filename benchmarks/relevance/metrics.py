"""How good a list of results is, by what people judged relevant: 2 wanted, 1 useful."""

from collections.abc import Iterable, Mapping, Sequence
from math import log2
from statistics import fmean

#: Results that are looked at.
DEPTH = 10
METRICS = ("success@1", "recall@10", "mrr@10", "ndcg@10")

Scores = dict[str, float]


def scores(found: Sequence[str], relevant: Mapping[str, int]) -> Scores:
    """Of one query, each 0…1, by the first ten results.

    success@1: the first one is relevant; recall: the share of what is relevant that is there (of ten, where more
    are); mrr: 1 / the place of the first relevant one; ndcg: gains of 2^grade - 1, discounted by log2 of the place,
    beside the best order.
    """
    top = list(dict.fromkeys(found))[:DEPTH]
    places = [place for place, ref in enumerate(top, 1) if ref in relevant]
    best = sorted(relevant.values(), reverse=True)[:DEPTH]
    return {
        "success@1": float(places[:1] == [1]),
        "recall@10": len(places) / len(best),
        "mrr@10": 1 / places[0] if places else 0.0,
        "ndcg@10": gain(relevant.get(ref, 0) for ref in top) / gain(best),
    }


def gain(grades: Iterable[int]) -> float:
    return sum((2**grade - 1) / log2(place + 1) for place, grade in enumerate(grades, 1))


def means(rows: Sequence[Scores]) -> Scores:
    return {metric: round(fmean(row[metric] for row in rows), 4) for metric in METRICS}
