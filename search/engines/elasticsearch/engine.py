import json
from collections.abc import Sequence
from math import log

from search.engines.base import MAX_TOTAL, Candidate, Matched, Question
from search.engines.postgres.some import IN_HEAD, IN_TITLE, MAX_CLAUSES
from search.indexing.vector import HEAD_MARK, TITLE_MARK
from search.query import Clause

from . import clauses, names
from .client import asking
from .conditions import conditions_of
from .facets import asked_facets, counted_facets, fits_all
from .ranking import nearness, ranked

#: Of neighbours in meaning, so many more are looked at than asked for, and compared by whole numbers in the end.
OVERSAMPLE = 2.0
FEWEST_NEIGHBOURS, MOST_NEIGHBOURS = 100, 5_000
COLUMNS = {"newest": "moment", "downloads": "popularity"}


class ElasticsearchEngine:
    """Answers from the copy of the index that `search.copying` keeps."""

    name = "elasticsearch"

    def match(self, question: Question) -> Matched:
        body = {
            "track_total_hits": MAX_TOTAL + 1,
            "post_filter": fits_all(question.chosen),
            **(_by_relevance(question) if question.sort == "relevance" else _by_column(question)),
        }
        if question.with_facets:
            body["aggs"] = asked_facets(question)
        answer = _search(body)
        return Matched(
            total=answer["hits"]["total"]["value"],
            candidates=_in_order(answer["hits"]["hits"], question.sort),
            counts=counted_facets(question, answer["aggregations"]) if body.get("aggs") else [],
        )

    def some(self, question: Question, limit: int) -> list[Candidate]:
        asked = [clause.loosened() for clause in question.query.clauses][:MAX_CLAUSES]
        asked = [clause for clause in asked if any(any(sequence) for sequence in clause.alternatives)]
        if not asked:
            return []
        weights = _weights(question, asked)
        whole = sum(weights) * (1 + IN_TITLE + IN_HEAD) or 1.0
        query = conditions_of(question, all_clauses=False)
        query["bool"] |= {
            "minimum_should_match": 1,
            "should": [
                {
                    "bool": {
                        "must": clauses.constant(clauses.holds(clause), weight / whole),
                        "should": [
                            clauses.constant(clauses.marked(clause, HEAD_MARK), IN_HEAD * weight / whole),
                            clauses.constant(clauses.marked(clause, TITLE_MARK), IN_TITLE * weight / whole),
                        ],
                    }
                }
                for clause, weight in zip(asked, weights, strict=True)
            ],
        }
        hits = _search(
            {
                "query": query,
                "size": limit,
                "track_total_hits": False,
                "sort": [{"_score": "desc"}, {"row": "desc"}],
            }
        )["hits"]["hits"]
        return [Candidate(hit["sort"][1], hit["sort"][0]) for hit in hits]

    def nearest(self, embedding: Sequence[float] | str, question: Question, limit: int) -> list[Candidate]:
        wanted = min(max(limit, FEWEST_NEIGHBOURS), MOST_NEIGHBOURS)
        hits = _search(
            {
                "knn": {
                    "field": "embedding",
                    "query_vector": json.loads(embedding) if isinstance(embedding, str) else list(embedding),
                    "k": limit,
                    "num_candidates": max(limit, wanted),
                    "filter": conditions_of(question, all_clauses=False),
                    "rescore_vector": {"oversample": OVERSAMPLE},
                },
                "size": limit,
                "docvalue_fields": ["row"],
            }
        )["hits"]["hits"]
        found = [Candidate(hit["fields"]["row"][0], 2 * hit["_score"] - 1) for hit in hits]
        return sorted(found, key=lambda one: (-one.score, one.id))


def _search(body: dict) -> dict:
    with asking() as client:
        # A shard that is missing makes a wrong answer: PostgreSQL has a whole one.
        return client.search(index=names.in_use(), stored_fields="_none_", allow_partial_search_results=False, **body)


def _by_relevance(question: Question) -> dict:
    body = {"query": ranked(question), "size": question.size, "docvalue_fields": ["row", "moment"]}
    if len(question.query.clauses) > 1:
        return body | {"rescore": nearness(question)}
    return body | {"sort": [{"_score": "desc"}, {"moment": "desc"}, {"row": "desc"}]}


def _by_column(question: Question) -> dict:
    way = "asc" if question.backwards else "desc"
    body = {
        "query": conditions_of(question, all_clauses=True),
        "size": question.size + 1,
        "sort": [{COLUMNS[question.sort]: way}, {"row": way}],
    }
    return body | ({"search_after": [question.cursor.key, question.cursor.id]} if question.cursor else {})


def _in_order(hits: list[dict], sort: str) -> list[Candidate]:
    if sort != "relevance":
        return [Candidate(hit["sort"][1], 0.0, hit["sort"][0]) for hit in hits]
    found = [(hit.get("sort", [hit["_score"]])[0], hit["fields"]["moment"][0], hit["fields"]["row"][0]) for hit in hits]
    return [Candidate(row_id, score) for score, _moment, row_id in sorted(found, reverse=True)]


def _weights(question: Question, asked: list[Clause]) -> list[float]:
    """How rare each clause is among what the viewer may see."""
    answer = _search(
        {
            "query": conditions_of(question, all_clauses=False),
            "size": 0,
            "track_total_hits": True,
            "aggs": {
                "held": {"filters": {"filters": {str(n): clauses.holds(clause) for n, clause in enumerate(asked)}}}
            },
        }
    )
    size = max(answer["hits"]["total"]["value"], 100)
    held = answer["aggregations"]["held"]["buckets"]
    return [log(1 + size / (0.5 + held[str(number)]["doc_count"])) for number in range(len(asked))]
