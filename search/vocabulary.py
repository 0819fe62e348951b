"""The index's own words: what queries are corrected and completed by.

The dictionary is that of the portal's PostgreSQL whichever engine answers. A word's counts are in `SearchWord` and,
until they are merged after a commit, in `SearchWordChange`: every question is put to both.
"""

from collections.abc import Collection

from django.db import connection, transaction

from search.analysis import Terms, look_up
from search.query.knowledge import Spelling
from search.query.parse import HALF_TYPED_LETTERS
from search.query.typos import SHORT, one_slip_away, slips

#: Words that a half-typed one stands for, and the most frequent forms among which they are.
COMPLETIONS, FORMS = 24, 200
CANDIDATES = 60
LONGEST_BEGUN = 12
#: Share of trigrams in common, of all that two words have. Two letters wrong in twelve leave 0.37; with pg_trgm's own
#: 0.3 the index reads ten times as much for words of common syllables. Of a short word all that is one slip away is
#: asked for by name, and the same share would be three trigrams, which thousands have.
SIMILARITY, SIMILARITY_OF_SHORT = "0.36", "0.4"

WORDS = """
    (SELECT word, terms, count, public_count FROM search_searchword WHERE {condition}
     UNION ALL
     SELECT word, terms, count, public_count FROM search_searchwordchange WHERE {condition}) AS found
"""
COUNTS = f"""
SELECT term, sum(public_count) FROM {WORDS.format(condition="terms && %(terms)s::text[]")}, unnest(terms) AS term
WHERE term = ANY(%(terms)s) GROUP BY term HAVING sum(public_count) > 0
"""  # noqa: S608 - our own words only
COMPLETED = f"""
SELECT terms, EXISTS (SELECT FROM {WORDS.format(condition="word LIKE %(pattern)s AND public_count > 0")})
FROM (
    (SELECT terms, count FROM search_searchword WHERE word LIKE %(pattern)s ORDER BY count DESC LIMIT %(forms)s)
    UNION ALL
    SELECT terms, count FROM search_searchwordchange WHERE word LIKE %(pattern)s
) AS begun
GROUP BY terms ORDER BY sum(count) DESC, terms LIMIT %(limit)s
"""  # noqa: S608 - our own words only
SPELLINGS = """
SELECT word, sum(public_count)::int AS public FROM {words}
WHERE word <> %(word)s GROUP BY word HAVING sum(public_count) > 0
ORDER BY {order} public DESC, word LIMIT %(limit)s
"""
BEGINNING = SPELLINGS.format(
    words="""(
    (SELECT word, public_count FROM search_searchword WHERE word LIKE %(pattern)s AND public_count > 0
     ORDER BY count DESC LIMIT %(forms)s)
    UNION ALL
    SELECT word, public_count FROM search_searchwordchange WHERE word LIKE %(pattern)s
) AS begun""",
    order="",
)
BEGUN_ALIKE = """
SELECT beginning, likeliest.word, likeliest.public FROM unnest(%(beginnings)s::text[]) AS beginning, LATERAL (
    SELECT word, sum(public_count)::int AS public FROM {words}
    GROUP BY word HAVING sum(public_count) > 0 ORDER BY public DESC, word LIMIT 1) AS likeliest
""".format(words=WORDS.format(condition="word ~>=~ beginning AND word ~<~ (beginning || chr(1114111))"))  # noqa: S608 - our own words only
# Of a short word one wrong letter leaves too few trigrams, and two leave too few of any: such are asked for by name.
ALIKE = SPELLINGS.format(
    words=WORDS.format(condition="word %% %(word)s OR word = ANY(%(slips)s)"),
    order="word = ANY(%(slips)s) DESC, similarity(word, %(word)s) DESC,",
)


class Vocabulary:
    """`search.query.Knowledge` from the database; it lives as long as a request and asks the same only once."""

    def __init__(self) -> None:
        self._counts: dict[str, int] = {}
        self._alike: dict[str, list[Spelling]] = {}
        self._begun: dict[str, tuple[list[Terms], bool]] = {}

    def counts(self, words: Collection[str]) -> dict[str, int]:
        """Folded word -> public documents that hold it in any form, about: one with two forms counts twice.

        Those that only some may see tell nothing, not even by a correction that is not made.
        """
        new = set(words) - self._counts.keys()
        if new:
            spellings = {word: look_up(word).spellings for word in new}
            terms = {term for each in spellings.values() for _word, terms in each for term in terms}
            held = dict(_rows(COUNTS, terms=sorted(terms)))
            self._counts |= {word: _held(each, held) for word, each in spellings.items()}
        return {word: self._counts[word] for word in words}

    def alike(self, word: str) -> list[Spelling]:
        """Words of public documents spelled much like this folded one, the likest first; itself left out."""
        if word not in self._alike:
            with transaction.atomic():
                similarity = SIMILARITY_OF_SHORT if len(word) <= SHORT else SIMILARITY
                _rows("SELECT set_config('pg_trgm.similarity_threshold', %(similarity)s, true)", similarity=similarity)
                rows = _rows(ALIKE, word=word, slips=sorted(slips(word)), limit=CANDIDATES)
            self._alike[word] = [Spelling(*row) for row in rows]
        return self._alike[word]

    def begun_alike(self, beginning: str) -> dict[str, Spelling]:
        """Beginnings a slip away from this folded one -> of the words of public documents that begin so the commonest.

        A word longer than LONGEST_BEGUN is as good as whole.
        """
        if len(beginning) > LONGEST_BEGUN:
            return {}
        beginnings = one_slip_away(beginning) | slips(beginning)
        rows = _rows(BEGUN_ALIKE, beginnings=sorted(each for each in beginnings if len(each) >= HALF_TYPED_LETTERS))
        return {each: Spelling(word, count) for each, word, count in rows}

    def completions(self, beginning: str) -> list[Terms]:
        """Terms of the most frequent words that begin so, those of restricted documents too: they are searched for,
        never shown, nor is anything told by their being there (`begins`)."""
        return self._words_begun(beginning)[0]

    def begins(self, beginning: str) -> bool:
        """Whether words of public documents begin so. A correction made, or not made, for the sake of a restricted one
        would give it away letter by letter."""
        return self._words_begun(beginning)[1]

    def _words_begun(self, beginning: str) -> tuple[list[Terms], bool]:
        if beginning not in self._begun:
            rows = _rows(COMPLETED, pattern=_beginning_with(beginning), limit=COMPLETIONS, forms=FORMS)
            self._begun[beginning] = [tuple(terms) for terms, _public in rows], any(public for _terms, public in rows)
        return self._begun[beginning]


def words_beginning(beginning: str, limit: int) -> list[Spelling]:
    """Words of public documents that begin so and go on, the most frequent first; `beginning` is folded."""
    pattern = _beginning_with(beginning)
    rows = _rows(BEGINNING, word=beginning, pattern=pattern, limit=limit, forms=FORMS)
    return [Spelling(*row) for row in rows]


def _held(spellings: Collection[tuple[str, Terms]], held: dict[str, int]) -> int:
    """Documents that may hold a word: of a hyphenated one itself or all its parts."""
    counts = {spelling: max(held.get(term, 0) for term in terms) for spelling, terms in spellings}
    whole = [count for spelling, count in counts.items() if "-" in spelling]
    parts = [count for spelling, count in counts.items() if "-" not in spelling]
    return max(*whole, min(parts, default=0), 0)


def _beginning_with(beginning: str) -> str:
    return beginning.replace("\\", r"\\").replace("%", r"\%").replace("_", r"\_") + "%"


def _rows(sql: str, **parameters: object) -> list[tuple]:
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        return cursor.fetchall()
