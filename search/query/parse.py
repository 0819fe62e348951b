"""A typed text as clauses. Pure: no engine, no index, no request."""

import re

from search.analysis import STOPWORDS, WORD, clean, fold, look_up

from .clauses import Clause, Query

MAX_LETTERS = 300
MAX_WORDS = 32
#: Fewer letters begin too many words to complete.
HALF_TYPED_LETTERS = 3

PART = re.compile(
    rf'(?P<minus>(?<!\S)[-\u2212\u2013](?=[\w"«“„]))?(?:["«“„](?P<phrase>[^"«»“”„]*)["»”“]|(?P<word>{WORD.pattern}))'
)


def parse(text: str) -> Query:
    """Words to be found, phrases in quotes, and what is behind a minus left out.

    The last word, if no space follows it, may still be being typed. Any text is a query: of what means
    nothing, nothing is asked.
    """
    shortened = len(text) > MAX_LETTERS
    text = clean(text[:MAX_LETTERS])
    if text.isupper():
        text = text.lower()
    parts = list(PART.finditer(text))
    shortened = shortened or len(parts) > MAX_WORDS
    clauses, excluded = [], []
    for part in parts[:MAX_WORDS]:
        clause = _phrase(part) if part["phrase"] is not None else _word(part, text)
        if clause:
            (excluded if part["minus"] else clauses).append(clause)
    return Query(_meaningful(clauses), _meaningful(excluded), shortened)


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
    words = WORD.findall(part["phrase"])[:MAX_WORDS]
    places = [place for word in words for place in look_up(word).positions]
    while places and not places[0]:
        places.pop(0)
    while places and not places[-1]:
        places.pop()
    if not places:  # stop words only: titles have them
        places = [place for word in words for place in look_up(word).full]
    if not places:
        return None
    return Clause(part["phrase"].strip(), (tuple(places),), excluded=bool(part["minus"]), quoted=True)


def _meaningful(clauses: list[Clause]) -> tuple[Clause, ...]:
    """Without stop words, unless there is nothing else; the same thing once."""
    kept = [clause for clause in clauses if clause.quoted or fold(clause.surface) not in STOPWORDS] or clauses
    return tuple({clause.alternatives: clause for clause in kept}.values())
