"""What a question asks of a document, as SQL over `document`.

Text queries stand in subqueries, unknown to the planner: knowing that a word is frequent, it would read every
document's terms rather than the index.
"""

from itertools import combinations

from search.engines.base import Question

from . import tsquery


class Conditions:
    """Conditions of one question; `parameters` grows by what each of them needs.

    `under`: where the words of phrases have to be, if their order does not matter (`tsquery.whole`).
    """

    def __init__(self, question: Question, under: str | None = None) -> None:
        self.question = question
        self.parameters: dict = {"tokens": question.tokens}
        self._words = [f"({tsquery.all_of(clauses, under)})" for clauses in [self._clauses(quoted=False)] if clauses]

    @property
    def has_phrases(self) -> bool:
        """Whether something implied has several words: what was set in quotes stays as it is."""
        clauses = self._clauses(quoted=False)
        return any(tsquery.is_phrase(sequence) for clause in clauses for sequence in clause.alternatives)

    def seen(self) -> str:
        """Rights, kinds, and nothing of what is left out."""
        # The planner knows how many rows are open to all, and would take every other condition on arrays for rare.
        conditions = ["(document.access = '{}' OR document.access <@ %(tokens)s::text[])"]
        if self.question.kinds is not None:
            conditions.append("document.kind = ANY(%(kinds)s)")
            self.parameters["kinds"] = self.question.kinds
        for column, quoted in (("terms", False), ("forms", True)):
            if clauses := [clause for clause in self.question.query.excluded if clause.quoted is quoted]:
                conditions.append(
                    "document.id NOT IN (SELECT id FROM search_searchdocument"  # noqa: S608 - our own words only
                    f" WHERE {column} @@ (SELECT %(without_{column})s::tsquery))"
                )
                self.parameters[f"without_{column}"] = tsquery.any_of(clauses)
        return " AND ".join(conditions)

    def fit(self, *more: str) -> str:
        """All clauses, all chosen facets, and these text queries over terms."""
        chosen = [tsquery.values(values.values()) for values in self.question.chosen.values()]
        return self._matching([*self._words, *chosen, *more])

    def fit_walking(self) -> str:
        """All clauses and all chosen facets, asked row by row along another index than that of terms: of the facets
        first, which stand in the row itself."""
        conditions = []
        for number, values in enumerate(self.question.chosen.values()):
            conditions.append(f"document.facets && %(walked_{number})s::integer[]")
            self.parameters[f"walked_{number}"] = list(values.values())
        return " AND ".join([*conditions, self._matching(self._words, walking=True)])

    def reach(self, *more: str) -> str:
        """The same of documents that fail one chosen facet at most."""
        chosen = [tsquery.values(values.values()) for values in self.question.chosen.values()]
        but_one = [" & ".join(rest) for rest in combinations(chosen, len(chosen) - 1)] if len(chosen) > 1 else []
        either = [f"({' | '.join(f'({rest})' for rest in but_one)})"] if but_one else []
        return self._matching([*self._words, *either, *more])

    def _matching(self, parts: list[str], *, walking: bool = False) -> str:
        conditions = [self.seen()]
        if parts:
            query = f"(SELECT %({self._named(' & '.join(parts))})s::tsquery)"
            # The operator's function, which no index answers.
            conditions.append(f"ts_match_vq(document.terms, {query})" if walking else f"document.terms @@ {query}")
        if phrases := self._clauses(quoted=True):
            conditions.append("document.forms @@ (SELECT %(forms)s::tsquery)")
            self.parameters["forms"] = tsquery.all_of(phrases)
        return " AND ".join(conditions)

    def _named(self, query: str) -> str:
        """The parameter that holds this text query."""
        name = f"terms_{len(self.parameters)}"
        self.parameters[name] = query
        return name

    def _clauses(self, *, quoted: bool) -> list:
        return [clause for clause in self.question.query.clauses if clause.quoted is quoted]
