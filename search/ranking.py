"""The order of results by words and meaning.

What holds all the words stands above what holds some of them or is only near in meaning. The former are in the order of
their words, moved by meaning through reciprocal ranks (Cormack, Clarke, Büttcher, «Reciprocal rank fusion outperforms
Condorcet and individual rank learning methods», SIGIR 2009), the latter by a sum of both. Quality is in the engine's
order by words already.
"""

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from search.engines import Candidate

#: How little the first places differ.
K = 20
#: What the order by meaning weighs beside that by words, where all the words are there.
MEANING_OF_EXACT = 0.35
#: What the share of words found weighs beside the cosine, where they are not.
WORDS_OF_NEAR = 0.8
#: Nonsense is as near as this to something; and what is half as near as the nearest is another subject.
LEAST_COSINE = 0.13
NEAR_ENOUGH = 0.5
#: Of the query's weight, to be near by words alone.
LEAST_SHARE = 0.2


class Ranked(NamedTuple):
    """A row in its place."""

    id: int
    score: float
    by_meaning: bool = False


def fuse_exact(exact: Iterable[Candidate], cosines: Mapping[int, float]) -> list[Ranked]:
    """Rows with all the words: their order by words, gently moved by meaning."""
    exact = list(exact)
    by_meaning = places(sorted(cosines, key=lambda row_id: -cosines[row_id]))
    last = len(exact)
    ranked = [
        Ranked(found.id, 1 / (K + place) + MEANING_OF_EXACT / (K + by_meaning.get(found.id, last)))
        for place, found in enumerate(exact)
    ]
    return sorted(ranked, key=lambda one: -one.score)


def fuse_near(shares: Mapping[int, float], cosines: Mapping[int, float]) -> list[Ranked]:
    """Rows that lack some of the words, by meaning and by the share of the query's weight that they hold.

    A sum, not ranks: how near something is says whether it belongs here at all, and where few words fit, their
    order among themselves says nothing (see Bruch, Gai, Ingber, «An analysis of fusion functions for hybrid
    retrieval», ACM TOIS 2023). Tried on ours: the same for paraphrases, better for slips and names.
    """
    nearest = max(cosines.values(), default=0)
    least = nearest * NEAR_ENOUGH if nearest >= LEAST_COSINE else 1
    ranked = [
        Ranked(row_id, cosines.get(row_id, 0) + WORDS_OF_NEAR * shares.get(row_id, 0), by_meaning=True)
        for row_id in {*shares, *cosines}
        if cosines.get(row_id, 0) >= least or shares.get(row_id, 0) >= LEAST_SHARE
    ]
    return sorted(ranked, key=lambda one: (-one.score, -one.id))


def places(row_ids: Iterable[int]) -> dict[int, int]:
    return {row_id: place for place, row_id in enumerate(row_ids)}
