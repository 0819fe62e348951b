"""Near-duplicates in the bank: texts that share long runs of words.

A text becomes shingles: each five neighbouring words, as stems, hashed. Of all hashes the smallest are kept, a bottom-k
sample (Broder, «On the resemblance and containment of documents», 1997): the same words give the same hashes wherever
they stand, so two samples tell how much two texts share without the texts. Candidates are found by an index over
the samples; only those few are then compared whole, which gives the exact share and the phrases.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import blake2b

from django.db import connection, transaction

from core.text import plain, plain_stream
from practices.models import Fingerprint, PracticePage
from practices.search import KIND
from search.analysis import STOPWORDS, clean, fold
from search.analysis.morphology import stem
from search.finding import near_in_meaning

#: Words in a shingle: shorter ones are the language's own phrases.
SHINGLE = 5
#: Hashes kept of a text: a share of a tenth then shows with a dozen of them.
SAMPLE = 128
#: Shared hashes of a sample that make a candidate: fewer are chance and common phrases.
LEAST_SHARED = 4
#: A hash that so many texts bear is a common phrase.
COMMON = 60
#: Candidates compared whole.
CANDIDATES = 10
#: Share of the text that must be found in another to be worth saying.
LEAST_SHARE = 0.08
#: How near in meaning title and summary must be to another practice: of itself it is 0.75 and more, of the nearest
#: stranger of the demo bank 0.57.
LEAST_COSINE = 0.65
PHRASES = 3
LONGEST_PHRASE = 160
WORD = re.compile(r"[^\W_]+(?:-[^\W_]+)*")


@dataclass(frozen=True)
class Near:
    """A published practice that shares words with another.

    `share`: what part of the asked text's shingles (0…1) stands in this one too; 0 where only the meaning is near.
    `shared`: the longest common phrases, as the asked text has them. `same_author`: one person has made both.
    """

    practice: PracticePage
    share: float
    shared: list[str]
    same_author: bool
    by_meaning: bool = False

    @property
    def percent(self) -> int:
        return round(self.share * 100)


@dataclass(frozen=True)
class Shingles:
    """The text's words in their order and the hash of the shingle that begins at each."""

    text: str
    spans: list[tuple[int, int]]
    hashes: list[int]


def text_of(practice: PracticePage) -> str:
    """What is compared: the text itself, not the title and the facts, which many rightly share."""
    parts = [
        practice.summary,
        plain(practice.problem),
        plain_stream(practice.body.raw_data),
        plain(practice.results),
        plain(practice.did_not_work),
    ]
    return clean("\n".join(filter(None, parts)))


def shingles_of(text: str) -> Shingles:
    found = [(match.span(), fold(match[0])) for match in WORD.finditer(text)]
    kept = [(span, word) for span, word in found if word not in STOPWORDS]
    stems = [stem(word) for _span, word in kept]
    hashes = [hashed(stems[at : at + SHINGLE]) for at in range(len(stems) - SHINGLE + 1)]
    return Shingles(text, [span for span, _word in kept], hashes)


def hashed(words: list[str]) -> int:
    """63 bits, so that PostgreSQL's bigint takes it."""
    return int.from_bytes(blake2b(" ".join(words).encode(), digest_size=8).digest()) >> 1


def sample(hashes: Iterable[int]) -> list[int]:
    return sorted(set(hashes))[:SAMPLE]


def fingerprint(practice: PracticePage) -> None:
    """Keep the sample of a published practice; that of any other is forgotten."""
    hashes = sample(shingles_of(text_of(practice)).hashes) if practice.live else []
    if hashes:
        Fingerprint.objects.update_or_create(practice_id=practice.pk, defaults={"hashes": hashes})
    else:
        Fingerprint.objects.filter(practice_id=practice.pk).delete()


@transaction.atomic
def fingerprint_many(practices: Iterable[PracticePage]) -> int:
    """The same for many at once; how many were fingerprinted."""
    rows = [Fingerprint(practice_id=page.pk, hashes=sample(shingles_of(text_of(page)).hashes)) for page in practices]
    wordless = [row.practice_id for row in rows if not row.hashes]
    Fingerprint.objects.filter(practice_id__in=wordless).delete()
    Fingerprint.objects.bulk_create(
        [row for row in rows if row.hashes],
        update_conflicts=True,
        unique_fields=["practice"],
        update_fields=["hashes"],
    )
    return len(rows)


def near(practice: PracticePage, *, limit: int = 5) -> list[Near]:
    """Published practices that share much with this one, published or not, the most alike first; then those that
    say the same in other words."""
    asked = shingles_of(text_of(practice))
    ids = candidates(sample(asked.hashes), practice.pk)
    alike = near_in_meaning([practice.title, practice.summary], kind=KIND, least=LEAST_COSINE, limit=limit + 1)
    pages = PracticePage.objects.live().prefetch_related("authors").in_bulk({*ids, *alike} - {practice.pk})
    people = people_of(practice)
    compared_whole = [compared(asked, pages[pk], people) for pk in ids if pk in pages]
    sharing = sorted(
        (one for one in compared_whole if one.share >= LEAST_SHARE), key=lambda one: (-one.share, one.practice.pk)
    )
    known = {one.practice.pk for one in sharing}
    others = [pages[pk] for pk in alike if pk in pages and pk not in known]
    by_meaning = [Near(page, 0.0, [], bool(people & people_of(page)), by_meaning=True) for page in others]
    return [*sharing, *by_meaning][:limit]


def candidates(hashes: list[int], own_id: int | None) -> list[int]:
    """Ids of the practices whose samples share most with this one.

    Each hash is looked up by itself and only so far as to see whether it is rare: what half the bank says («в
    соответствии с федеральным государственным образовательным стандартом…») neither counts nor costs anything.
    """
    if not hashes:
        return []
    least = min(LEAST_SHARED, max(1, len(hashes) // 10))
    with transaction.atomic(), connection.cursor() as cursor:
        # The planner cannot know how rare a hash is, and would now and then read the whole table for each.
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute(
            """
            SELECT practice_id FROM (
                SELECT practice_id, count(*) OVER (PARTITION BY hash) AS bearers
                FROM unnest(%(hashes)s::bigint[]) AS hash, LATERAL (
                    SELECT practice_id FROM practices_fingerprint WHERE hashes @> ARRAY[hash] LIMIT %(common)s
                ) AS bearer
            ) AS found
            WHERE bearers < %(common)s AND practice_id IS DISTINCT FROM %(own)s
            GROUP BY practice_id HAVING count(*) >= %(least)s
            ORDER BY count(*) DESC, practice_id LIMIT %(limit)s
            """,
            {"hashes": hashes, "own": own_id, "least": least, "limit": CANDIDATES, "common": COMMON},
        )
        found = [pk for (pk,) in cursor.fetchall()]
        cursor.execute("SET LOCAL enable_seqscan = on")
        return found


def compared(asked: Shingles, other: PracticePage, people: set[int]) -> Near:
    theirs = set(shingles_of(text_of(other)).hashes)
    shared = [value in theirs for value in asked.hashes]
    return Near(
        practice=other,
        share=sum(shared) / len(shared) if shared else 0.0,
        shared=phrases(asked, shared),
        same_author=bool(people & people_of(other)),
    )


def phrases(asked: Shingles, shared: list[bool]) -> list[str]:
    """The longest runs of shared shingles, as they are written."""
    runs: list[tuple[int, int]] = []
    start = None
    for at, is_shared in enumerate([*shared, False]):
        if is_shared and start is None:
            start = at
        elif not is_shared and start is not None:
            runs.append((start, at + SHINGLE - 2))
            start = None
    runs.sort(key=lambda run: run[0] - run[1])
    texts = (asked.text[asked.spans[first][0] : asked.spans[last][1]] for first, last in runs)
    tidy = (" ".join(text.split()) for text in texts)
    unique = dict.fromkeys(
        text if len(text) <= LONGEST_PHRASE else text[:LONGEST_PHRASE].rsplit(" ", 1)[0] + "…" for text in tidy
    )
    return list(unique)[:PHRASES]


def people_of(practice: PracticePage) -> set[int]:
    """Accounts of those who have made it."""
    people = {author.user_id for author in practice.authors.all()} | {practice.owner_id}
    return people - {None}
