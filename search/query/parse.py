"""A typed text as clauses. Pure: no engine, no index, no request."""

import re
from itertools import islice

from search.analysis import STOPWORDS, WORD, clean, fold, look_up
from search.analysis.text import LONGEST

from .clauses import Clause, Query

MAX_LETTERS = 300
MAX_WORDS = 32
#: Fewer letters begin too many words to complete.
HALF_TYPED_LETTERS = 3

PART = re.compile(
    rf'(?P<minus>(?<!\S)[-\u2212\u2013](?=[\w"«“„]))?(?:["«“„](?P<phrase>[^"«»“”„]*)["»”“]|(?P<word>{WORD.pattern}))'
)


def without_excluded(text: str) -> str:
    """The text, clean, without the words behind a minus."""
    text = taken_of(text)
    kept, position = [], 0
    for part in PART.finditer(text):
        if part["minus"]:
            kept.append(text[position : part.start()])
            position = part.end()
    return " ".join("".join([*kept, text[position:]]).split())


def parse(text: str) -> Query:
    """Words to be found, phrases in quotes, and what is behind a minus left out.

    The last word, if no space follows it, may still be being typed. Any text is a query: of what means
    nothing, nothing is asked.
    """
    taken = taken_of(text)
    parts = list(PART.finditer(taken))
    clauses, excluded = [], []
    for part in parts[:MAX_WORDS]:
        clause = _phrase(part) if part["phrase"] is not None else _word(part, taken)
        if clause:
            (excluded if part["minus"] else clauses).append(clause)
    return Query(_meaningful(clauses), _meaningful(excluded), len(text) > MAX_LETTERS or len(parts) > MAX_WORDS)


def taken_of(text: str) -> str:
    """As much of a text as a query may have; in a text all of capitals the case means nothing."""
    text = clean(text[:MAX_LETTERS])
    return text.lower() if text.isupper() else text


def plain_words(text: str) -> list[re.Match]:
    """Words of a taken text outside of quotes and without a minus: `start("word")`, `end("word")`."""
    return [part for part in islice(PART.finditer(text), MAX_WORDS) if part["word"] and not part["minus"]]


def _word(part: re.Match, text: str) -> Clause:
    word = part["word"]
    folded = fold(word)
    half_typed = part.end() == len(text) and len(folded) >= HALF_TYPED_LETTERS and not part["minus"]
    return Clause(
        surface=word,
        alternatives=look_up(word).alternatives,
        excluded=bool(part["minus"]),
        half_typed=folded if half_typed else "",
    )


def _phrase(part: re.Match) -> Clause | None:
    """Every word of it as it is, stop words too."""
    forms = tuple((fold(word[:LONGEST]),) for word in WORD.findall(part["phrase"])[:MAX_WORDS])
    if not forms:
        return None
    return Clause(part["phrase"].strip(), (forms,), excluded=bool(part["minus"]), quoted=True)


def _meaningful(clauses: list[Clause]) -> tuple[Clause, ...]:
    """Without stop words, unless there is nothing else; the same thing once."""
    kept = [clause for clause in clauses if clause.quoted or fold(clause.surface) not in STOPWORDS] or clauses
    return tuple({(clause.alternatives, clause.quoted): clause for clause in kept}.values())
