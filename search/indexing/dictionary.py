"""Counts of words: appended in the running transaction, merged in one of their own after the commit."""

from collections import Counter
from collections.abc import Iterable

from django.db import connection, transaction

from search.analysis import Terms

MERGE_LOCK = 0x5EA2C400


class WordCounts:
    """What one batch of documents changes: word -> documents gained or lost, and public ones among them."""

    def __init__(self) -> None:
        self._counts: Counter[str] = Counter()
        self._public: Counter[str] = Counter()
        self._terms: dict[str, Terms] = {}

    def add(self, words: dict[str, Terms], *, public: bool, sign: int = 1) -> None:
        for word in words:
            self._counts[word] += sign
            if public:
                self._public[word] += sign
        self._terms.update(words)

    def rows(self) -> list[tuple[str, list[str], int, int]]:
        return [
            (word, list(self._terms[word]), count, self._public[word])
            for word, count in self._counts.items()
            if count or self._public[word]
        ]

    def append(self, *, merge: bool = True) -> bool:
        """Write the changes down, to be merged after the commit. False: there were none."""
        rows = self.rows()
        if not rows:
            return False
        copy("search_searchwordchange", ["word", "terms", "count", "public_count"], rows)
        if merge and not any(call[1] is merge_words for call in connection.run_on_commit):
            transaction.on_commit(merge_words)
        return True


def copy(table: str, columns: list[str], rows: Iterable[tuple]) -> None:
    with (
        connection.cursor() as cursor,
        cursor.copy(f"COPY {table} ({', '.join(columns)}) FROM STDIN") as stream,
    ):
        for row in rows:
            stream.write_row(row)


@transaction.atomic
def merge_words() -> None:
    """Add what was appended to the counts; whoever comes while another merges leaves it to them.

    Readers look at both tables, so a change is never unseen, merged or not.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [MERGE_LOCK])
        if not cursor.fetchone()[0]:
            return
        merge_words_now()
        cursor.execute("DELETE FROM search_searchchange WHERE at < now() - interval '1 day'")


def merge_words_now() -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            """
            WITH gone AS (DELETE FROM search_searchwordchange RETURNING word, terms, count, public_count),
                 sums AS (SELECT word, max(terms) AS terms, sum(count) AS count, sum(public_count) AS public_count
                          FROM gone GROUP BY word ORDER BY word)
            INSERT INTO search_searchword AS known (word, terms, count, public_count)
            SELECT word, terms, count, public_count FROM sums
            ON CONFLICT (word) DO UPDATE SET
                terms = excluded.terms,
                count = known.count + excluded.count,
                public_count = known.public_count + excluded.public_count
            """
        )
        cursor.execute("DELETE FROM search_searchword WHERE count <= 0")
