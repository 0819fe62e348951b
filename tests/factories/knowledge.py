"""Words that documents hold, written down: what `search.vocabulary.Vocabulary` reads from the index."""

from collections.abc import Collection

from search.analysis import Terms, look_up
from search.query.knowledge import Spelling


class Known:
    """Words, each followed by the number of documents it stands in: `Known("урок 20 школа 3")`."""

    def __init__(self, text: str) -> None:
        words = text.split()
        self.words = dict(zip(words[::2], map(int, words[1::2]), strict=True))

    def counts(self, words: Collection[str]) -> dict[str, int]:
        return {word: min(map(self._count, word.split("-"))) for word in words}

    def _count(self, word: str) -> int:
        return sum(count for known, count in self.words.items() if terms(word) & terms(known))

    def alike(self, word: str) -> list[Spelling]:
        return [Spelling(known, count) for known, count in self.words.items() if known != word]

    def begun_alike(self, beginning: str) -> dict[str, Spelling]:
        return {
            known[:letters]: Spelling(known, count)
            for known, count in sorted(self.words.items(), key=lambda item: item[1])
            for letters in (len(beginning) - 1, len(beginning), len(beginning) + 1)
            if 0 < letters < len(known)
        }

    def completions(self, beginning: str) -> list[Terms]:
        return [look_up(word).alternatives[0][0] for word in self.words if word.startswith(beginning)]

    def begins(self, beginning: str) -> bool:
        return any(word.startswith(beginning) for word in self.words)


def terms(word: str) -> set[str]:
    return {term for _spelling, terms in look_up(word).spellings for term in terms}
