"""The one statement that answers a request: matches, their total, counts of facets and the page of hits.

Every match is read once, from rows kept narrow. A document that fails more than one active facet counts
nowhere; failing exactly one, it counts among that facet's own values only: `mask` has a bit for each
facet failed.
"""

from dataclasses import dataclass, field

from search.engines.base import MAX_FACET_VALUES, MAX_RANKED
from search.engines.cursors import Cursor
from search.indexing.vector import HEAD_MARK, TITLE_MARK
from search.query import Query
from search.query.request import Sort

from . import tsquery

#: So many of the best matches by title, popularity and date are ranked by their words.
CANDIDATES = 2_000

MATCHED = """
matched AS MATERIALIZED (
    SELECT document.id, document.date, document.popularity, document.facets, failed.mask
    FROM search_searchdocument AS document CROSS JOIN LATERAL (SELECT {mask} AS mask) AS failed
    WHERE {conditions} AND failed.mask & (failed.mask - 1) = 0
),
fit AS MATERIALIZED (SELECT id, date, popularity FROM matched WHERE mask = 0)"""

# Which documents have all words in the title or the head, the index knows by itself: `candidates` costs no
# reading of terms. That bonus outweighs any number of words in the text; being read much and being new only
# decide between near equals.
RANKED = """
candidates AS MATERIALIZED (
    SELECT id,
        id IN (SELECT id FROM search_searchdocument WHERE terms @@ (SELECT %(in_title)s::tsquery)) AS in_title,
        id IN (SELECT id FROM search_searchdocument WHERE terms @@ (SELECT %(in_head)s::tsquery)) AS in_head
    FROM fit
    ORDER BY in_title DESC, in_head DESC, popularity DESC, date DESC, id DESC
    LIMIT %(candidates)s
),
shown AS (
    SELECT document.id, document.date,
        in_title::int + 0.4 * in_head::int
        + 0.5 * least(1, ts_rank({weights}, document.terms, %(any)s::tsquery) * %(terms_a_clause)s)
        + {nearness}
        + 0.05 * ln(1 + document.popularity) / (5 + ln(1 + document.popularity))
        + 0.03 * exp(least(0, extract(epoch FROM document.date - now())::float8) / 94608000)
        AS score
    FROM candidates JOIN search_searchdocument AS document USING (id)
    ORDER BY score DESC, date DESC, id DESC
    LIMIT %(size)s OFFSET %(offset)s
)"""
#: Of a word in an attachment, the text, the head and the title.
WEIGHTS = "'{0.03, 0.15, 0.6, 1}'::real[]"
NEARNESS = f"0.2 * ts_rank_cd({WEIGHTS}, document.terms, %(query)s::tsquery, 32)"

LISTED = """
shown AS (
    SELECT id, date, popularity, 0.0 AS score FROM fit WHERE {place} ORDER BY {order} LIMIT %(size)s + 1
)"""

FACETS = """
counted AS (
    SELECT number, mask, count(*) AS documents
    FROM (SELECT unnest(facets) AS number, mask FROM matched) AS held GROUP BY number, mask
),
lines AS (
    SELECT value.facet, value.value, sum(documents) AS documents,
        row_number() OVER (PARTITION BY value.facet ORDER BY sum(documents) DESC, value.value) AS place,
        bool_or(value.id = ANY(%(chosen)s)) AS chosen
    FROM counted JOIN search_searchfacetvalue AS value ON value.id = counted.number
    WHERE counted.mask = 0 OR {own_mask}
    GROUP BY value.facet, value.value
)"""

ANSWER = """
SELECT (SELECT count(*) FROM fit),
    (SELECT coalesce(json_agg(json_build_object(
        'id', document.id, 'kind', document.kind, 'object_id', document.object_id, 'ref', document.ref,
        'title', document.title, 'url', document.url, 'summary', document.summary, 'tags', document.tags,
        'people', document.people, 'text', left(document.text, 30000), 'date', document.date,
        'moment', (extract(epoch FROM document.date) * 1000000)::bigint,
        'popularity', document.popularity, 'score', shown.score,
        'facets', (SELECT json_agg(json_build_array(value.facet, value.value) ORDER BY value.id)
                   FROM search_searchfacetvalue AS value WHERE value.id = ANY(document.facets))
     ) ORDER BY {order}), '[]')
     FROM shown JOIN search_searchdocument AS document USING (id)),
    {facets},
    (SELECT coalesce(json_agg(json_build_array(word, terms)), '[]') FROM (
        SELECT word, terms FROM search_searchword WHERE terms && %(terms)s::text[]
        UNION SELECT word, terms FROM search_searchwordchange WHERE terms && %(terms)s::text[]) AS spelled)"""
LINES = """(SELECT coalesce(json_agg(json_build_array(facet, value, documents)), '[]')
     FROM lines WHERE place <= %(lines)s OR chosen)"""
NO_LINES = "'[]'::json"


@dataclass
class Statement:
    """SQL and its parameters for one request."""

    query: Query
    kinds: list[str] | None
    tokens: list[str]
    chosen: dict[str, dict[str, int]]
    sort: Sort
    size: int
    offset: int = 0
    cursor: Cursor | None = None
    backwards: bool = False
    with_facets: bool = True
    parameters: dict = field(default_factory=dict)

    def sql(self) -> str:
        parts = [MATCHED.format(mask=self._mask(), conditions=" AND ".join(self._conditions()))]
        parts.append(self._ranked() if self.sort == "relevance" else self._listed())
        if self.with_facets:
            parts.append(self._facets())
            self.parameters["lines"] = MAX_FACET_VALUES
        self.parameters["terms"] = sorted(self.query.terms)
        order = (
            "shown.score DESC, shown.date DESC, shown.id DESC" if self.sort == "relevance" else self._order("shown.")
        )
        answer = ANSWER.format(order=order, facets=LINES if self.with_facets else NO_LINES)
        return f"WITH {','.join(parts)} {answer}"

    def _mask(self) -> str:
        bits = []
        for number, values in enumerate(self.chosen.values()):
            self.parameters[f"facet_{number}"] = list(values.values())
            bits.append(f"CASE WHEN document.facets && %(facet_{number})s::integer[] THEN 0 ELSE {1 << number} END")
        return " | ".join(bits) or "0"

    def _conditions(self) -> list[str]:
        conditions = ["document.access <@ %(tokens)s::text[]"]
        self.parameters["tokens"] = self.tokens
        if self.kinds is not None:
            conditions.append("document.kind = ANY(%(kinds)s)")
            self.parameters["kinds"] = self.kinds
        # As subqueries, the queries are unknown to the planner: knowing that a word is frequent, it would
        # read every document's terms rather than the index.
        if self.query.clauses:
            conditions.append("document.terms @@ (SELECT %(query)s::tsquery)")
            self.parameters["query"] = tsquery.all_of(self.query.clauses)
        if self.query.excluded:
            conditions.append(
                "document.id NOT IN (SELECT id FROM search_searchdocument WHERE terms @@ (SELECT %(without)s::tsquery))"
            )
            self.parameters["without"] = tsquery.any_of(self.query.excluded)
        return conditions

    def _ranked(self) -> str:
        clauses = self.query.clauses
        terms = self.query.terms
        self.parameters |= {
            "in_title": tsquery.all_marked(clauses, TITLE_MARK),
            "in_head": tsquery.all_marked(clauses, HEAD_MARK),
            "any": tsquery.any_term(terms),
            "terms_a_clause": len(terms) / len(clauses),
            "candidates": CANDIDATES,
            "size": min(self.size, MAX_RANKED - self.offset),
            "offset": self.offset,
        }
        return RANKED.format(weights=WEIGHTS, nearness=NEARNESS if len(clauses) > 1 else "0")

    def _listed(self) -> str:
        place = "true"
        if self.cursor:
            column = "date" if self.sort == "newest" else "popularity"
            key = "timestamptz 'epoch' + %(key)s * interval '1 microsecond'" if self.sort == "newest" else "%(key)s"
            place = f"({column}, id) {'>' if self.backwards else '<'} ({key}, %(key_id)s)"
            self.parameters |= {"key": self.cursor.key, "key_id": self.cursor.id}
        self.parameters["size"] = self.size
        return LISTED.format(place=place, order=self._order())

    def _order(self, prefix: str = "") -> str:
        way = "ASC" if self.backwards else "DESC"
        column = "date" if self.sort == "newest" else "popularity"
        return f"{prefix}{column} {way}, {prefix}id {way}"

    def _facets(self) -> str:
        cases = [f"WHEN %(name_{number})s THEN {1 << number}" for number in range(len(self.chosen))]
        self.parameters |= {f"name_{number}": name for number, name in enumerate(self.chosen)}
        self.parameters["chosen"] = [number for values in self.chosen.values() for number in values.values()]
        return FACETS.format(own_mask=f"counted.mask = CASE value.facet {' '.join(cases)} END" if cases else "false")
