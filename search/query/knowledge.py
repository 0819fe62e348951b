"""What the steps of understanding know of the index and of school life: given to them, so that each stays pure."""

from collections.abc import Collection
from functools import lru_cache
from typing import NamedTuple, Protocol

from search.analysis import Terms
from search.analysis.morphology import lemma


class Spelling(NamedTuple):
    """A word as documents write it, folded, and in how many public documents it stands."""

    word: str
    count: int


class Knowledge(Protocol):
    """`search.vocabulary.Vocabulary` reads it from the database; tests write it down."""

    def counts(self, words: Collection[str]) -> dict[str, int]:
        """Folded word -> about how many public documents hold it in any form; 0 where none does."""
        ...

    def alike(self, word: str) -> list[Spelling]:
        """Words of public documents spelled much like this folded one; itself left out."""
        ...

    def begun_alike(self, beginning: str) -> dict[str, Spelling]:
        """Beginnings much like this folded one -> of the words of public documents that begin so the commonest."""
        ...

    def completions(self, beginning: str) -> list[Terms]:
        """Terms of the most frequent words that begin so, whoever may see the documents: to search for."""
        ...

    def begins(self, beginning: str) -> bool:
        """Whether some word of public documents begins so: the reader is told what follows from it."""
        ...


@lru_cache(maxsize=2**12)
def in_grammar(word: str) -> bool:
    """Whether Russian has this folded word in some form, whatever the documents hold."""
    return lemma(word) is not None
