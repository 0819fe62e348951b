"""The one statement that answers a question: counts of facets and the best candidates.

Every row is read once, from a table kept narrow. A document that fails more than one chosen facet counts
nowhere; failing exactly one, it counts among that facet's own values only: `mask` has a bit for each
facet failed. Where there are too many (`extent`), rows of a sample stand for `weight` rows each.
"""

from dataclasses import dataclass

from search.engines.base import MAX_FACET_VALUES, Question
from search.indexing.vector import HEAD_MARK, SAMPLE_MARKS, TITLE_MARK

from . import tsquery
from .conditions import Conditions
from .extent import Extent

#: So many of the best matches by title, popularity and date are ranked by their words, or as many as are asked for.
CANDIDATES = 250
#: Of too many, those with the words in the title are looked through under so many marks first.
MARKS_OF_TITLES = 8

MATCHED = """
    SELECT document.id, document.date, document.popularity, document.facets, failed.mask, {weight} AS weight
    FROM search_searchdocument AS document CROSS JOIN LATERAL (SELECT {mask} AS mask) AS failed
    WHERE {where}"""
#: Fails one facet at most; fails one.
AT_MOST_ONE, ONE = "failed.mask & (failed.mask - 1) = 0", "failed.mask <> 0 AND failed.mask & (failed.mask - 1) = 0"
FIT = "fit AS MATERIALIZED (SELECT id, date, popularity FROM matched WHERE mask = 0)"
BY_QUALITY = "popularity DESC, date DESC, id DESC"

# Which documents have all words in the title or the head, the index knows by itself: `candidates` costs no
# reading of terms. That bonus outweighs any number of words in the text; being read much and being new only
# decide between near equals.
CANDIDATES_OF_FEW = f"""
candidates AS MATERIALIZED (
    SELECT id,
        id IN (SELECT id FROM search_searchdocument AS document WHERE {{titled}}) AS in_title,
        id IN (SELECT id FROM search_searchdocument AS document WHERE {{headed}}) AS in_head
    FROM fit ORDER BY in_title DESC, in_head DESC, {BY_QUALITY} LIMIT %(candidates)s
)"""  # noqa: S608 - our own words only
# Of too many, those with the words in the title are enough if they are enough for the answer, and a part of those is;
# each further step is taken only where the one before it found too few.
CANDIDATES_OF_MANY = f"""
some_titled AS MATERIALIZED (
    SELECT id FROM search_searchdocument AS document WHERE {{some_titled}} ORDER BY {BY_QUALITY} LIMIT %(candidates)s
),
titled AS MATERIALIZED (
    SELECT id FROM some_titled
    UNION (SELECT id FROM search_searchdocument AS document
           WHERE (SELECT count(*) FROM some_titled) < %(candidates)s AND {{titled}}
           ORDER BY {BY_QUALITY} LIMIT %(candidates)s)
),
headed AS MATERIALIZED (
    SELECT id FROM search_searchdocument AS document
    WHERE (SELECT count(*) FROM titled) < %(candidates)s AND {{headed}}
    ORDER BY {BY_QUALITY} LIMIT %(candidates)s
),
candidates AS MATERIALIZED (
    SELECT id, bool_or(in_title) AS in_title, bool_or(in_head) AS in_head
    FROM (SELECT id, true AS in_title, true AS in_head FROM titled
          UNION ALL SELECT id, false, true FROM headed
          UNION ALL (SELECT id, false, false FROM fit WHERE (SELECT count(*) FROM titled) < %(candidates)s
                     ORDER BY {BY_QUALITY} LIMIT %(candidates)s)) AS found
    GROUP BY id
)"""  # noqa: S608
RANKED = """
shown AS (
    SELECT document.id, document.date, 0::bigint AS key,
        in_title::int + 0.4 * in_head::int
        + 0.5 * least(1, ts_rank({weights}, document.terms, %(any)s::tsquery) * %(terms_a_clause)s)
        + {nearness}
        + 0.05 * ln(1 + document.popularity) / (5 + ln(1 + document.popularity))
        + 0.04 * (document.terms @@ '''!'''::tsquery)::int
        + 0.03 * exp(least(0, extract(epoch FROM document.date - now())::float8) / 94608000)
        AS score
    FROM candidates JOIN search_searchdocument AS document USING (id)
    ORDER BY score DESC, date DESC, id DESC
    LIMIT %(size)s
)"""
#: Of a word in an attachment, the text, the head and the title.
WEIGHTS = "'{0.03, 0.15, 0.6, 1}'::real[]"
NEARNESS = f"0.2 * ts_rank_cd({WEIGHTS}, document.terms, %(near)s::tsquery, 32)"

LISTED = """
shown AS (
    SELECT id, date, {key} AS key, 0.0 AS score FROM {rows} AND {place} ORDER BY {order} LIMIT %(size)s + 1
)"""
WALKED = "search_searchdocument AS document WHERE {where}"
#: Lest the planner walk all the same.
FENCED = "(SELECT * FROM search_searchdocument AS document WHERE {where} OFFSET 0) AS fits WHERE true"
KEYS = {"newest": "(extract(epoch FROM date) * 1000000)::bigint", "downloads": "popularity::bigint"}
COLUMNS = {"newest": "date", "downloads": "popularity"}

FACETS = """
counted AS (
    SELECT number, mask, sum(weight) AS documents
    FROM (SELECT unnest(facets) AS number, mask, weight FROM matched) AS held GROUP BY number, mask
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
SELECT (SELECT coalesce(json_agg(json_build_array(id, score, key) ORDER BY {order}), '[]') FROM shown),
    {facets}"""
LINES = """(SELECT coalesce(json_agg(json_build_array(facet, value, documents)), '[]')
     FROM lines WHERE place <= %(lines)s OR chosen)"""
NO_LINES = "'[]'::json"


@dataclass
class Statement:
    """SQL and its parameters for one question."""

    conditions: Conditions
    extent: Extent

    @property
    def question(self) -> Question:
        return self.conditions.question

    @property
    def parameters(self) -> dict:
        return self.conditions.parameters

    def sql(self) -> str:
        question = self.question
        parts = [f"matched AS MATERIALIZED ({self._matched()})", FIT]
        parts.append(self._ranked() if question.sort == "relevance" else self._listed())
        if question.with_facets:
            parts.append(self._facets())
            self.parameters["lines"] = MAX_FACET_VALUES
        order = "score DESC, date DESC, id DESC" if question.sort == "relevance" else self._order("key")
        return (
            f"WITH {','.join(parts)} {ANSWER.format(order=order, facets=LINES if question.with_facets else NO_LINES)}"
        )

    def _matched(self) -> str:
        """All rows to count and to choose from; of too many that fit, and of too many that fail one facet, a sample."""
        conditions, extent = self.conditions, self.extent
        if self.question.with_facets and not extent.is_sampled:
            return MATCHED.format(mask=self._mask(), weight=1, where=f"{conditions.reach()} AND {AT_MOST_ONE}")
        fit = MATCHED.format(mask=0, weight=1, where=conditions.fit())
        if extent.is_broad:
            sample = conditions.fit(tsquery.sample(extent.fit_marks))
            fit = MATCHED.format(mask=0, weight=SAMPLE_MARKS // extent.fit_marks, where=sample)
        if not self.question.with_facets or not self.question.chosen:
            return fit
        sample = conditions.reach(tsquery.sample(extent.reach_marks))
        others = MATCHED.format(
            mask=self._mask(), weight=SAMPLE_MARKS // extent.reach_marks, where=f"{sample} AND {ONE}"
        )
        return f"{fit} UNION ALL {others}"

    def _mask(self) -> str:
        bits = []
        for number, values in enumerate(self.question.chosen.values()):
            self.parameters[f"facet_{number}"] = list(values.values())
            bits.append(f"CASE WHEN document.facets && %(facet_{number})s::integer[] THEN 0 ELSE {1 << number} END")
        return " | ".join(bits) or "0"

    def _ranked(self) -> str:
        clauses, size = self.question.query.clauses, self.question.size
        loose = [clause.loosened() for clause in clauses]
        terms = {term for clause in loose for term in clause.terms}
        in_title, in_head = (tsquery.all_marked(clauses, mark) for mark in (TITLE_MARK, HEAD_MARK))
        self.parameters.update(
            any=tsquery.any_term(terms), near=tsquery.all_of(loose), terms_a_clause=len(terms) / len(clauses), size=size
        )
        ranked = RANKED.format(weights=WEIGHTS, nearness=NEARNESS if len(clauses) > 1 else "0")
        self.parameters["candidates"] = max(size, CANDIDATES)
        fit = self.conditions.fit
        places = {"titled": fit(f"({in_title})"), "headed": fit(f"({in_head})")}
        if not self.extent.is_broad:
            return f"{CANDIDATES_OF_FEW.format(**places)},{ranked}"
        some_titled = fit(f"({in_title})", tsquery.sample(MARKS_OF_TITLES))
        return f"{CANDIDATES_OF_MANY.format(some_titled=some_titled, **places)},{ranked}"

    def _listed(self) -> str:
        """A page by date or popularity. Of very many, the newest are met along the index of dates."""
        question, place, rows = self.question, "true", "fit WHERE true"
        if self.extent.is_broad:
            walking = question.sort == "newest" and self.extent.is_vast
            conditions = self.conditions
            rows = WALKED.format(where=conditions.fit_walking()) if walking else FENCED.format(where=conditions.fit())
        if question.cursor:
            key = "timestamptz 'epoch' + %(key)s * interval '1 microsecond'" if question.sort == "newest" else "%(key)s"
            way = ">" if question.backwards else "<"
            place = f"({COLUMNS[question.sort]}, id) {way} ({key}, %(key_id)s)"
            self.parameters.update(key=question.cursor.key, key_id=question.cursor.id)
        self.parameters["size"] = question.size
        order = self._order(COLUMNS[question.sort])
        return LISTED.format(key=KEYS[question.sort], rows=rows, place=place, order=order)

    def _order(self, column: str) -> str:
        way = "ASC" if self.question.backwards else "DESC"
        return f"{column} {way}, id {way}"

    def _facets(self) -> str:
        chosen = self.question.chosen
        cases = [f"WHEN %(name_{number})s THEN {1 << number}" for number in range(len(chosen))]
        self.parameters.update({f"name_{number}": name for number, name in enumerate(chosen)})
        self.parameters["chosen"] = [number for values in chosen.values() for number in values.values()]
        return FACETS.format(own_mask=f"counted.mask = CASE value.facet {' '.join(cases)} END" if cases else "false")
