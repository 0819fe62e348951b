"""The corpus that search is measured on: the same each time, and shaped as real practices are."""

import re
from collections import Counter

import pytest

from benchmarks.corpus_words import FREQUENT, PROBES, SPELLED, STRETCH, Corpus

SIZE = 2_000
#: A poor language is enough: the dictionary's tail is only longer otherwise.
SHARE = 0.005


@pytest.fixture(scope="module")
def corpus() -> Corpus:
    return Corpus(seed=3, share=SHARE)


@pytest.fixture(scope="module")
def vocabularies(corpus) -> list[set[str]]:
    texts = (" ".join([one.title, one.summary, one.text, *one.pages]) for one in corpus.first(SIZE))
    return [set(re.findall("[а-яё]+", text.lower())) for text in texts]


def holders(vocabularies: list[set[str]], word: str) -> list[int]:
    return [number for number, words in enumerate(vocabularies) if not words.isdisjoint(SPELLED[word])]


def test_a_practice_is_the_same_whenever_it_is_asked_for(corpus):
    again = Corpus(seed=3, share=SHARE)
    assert again[STRETCH + 7] == corpus[STRETCH + 7]
    assert [again[number] for number in (7, 0)] == [corpus[number] for number in (7, 0)]
    assert Corpus(seed=4, share=SHARE)[7] != again[7]


def test_words_of_known_frequency_stand_in_exactly_so_many_practices(vocabularies):
    assert [len(holders(vocabularies, word)) for word in FREQUENT] == [SIZE * 3 // 4] * len(FREQUENT)
    for rarity, words in PROBES.items():
        assert [len(holders(vocabularies, word)) for word in words] == [SIZE // rarity] * len(words)


def test_words_come_by_zipfs_law(corpus):
    counts = Counter(word for one in corpus.first(STRETCH) for word in re.findall("[а-яё]{4,}", one.text.lower()))
    by_rank = [count for _word, count in counts.most_common()]
    # A tenfold rank is several times rarer, and half of the words stand in very few texts.
    assert by_rank[10] > 3 * by_rank[100] > 9 * by_rank[1000]
    assert by_rank[len(by_rank) // 2] < STRETCH / 20


def test_practices_have_the_structure_and_the_skew_of_real_ones(corpus):
    practices = list(corpus.first(STRETCH))
    assert {len(one.title.split()) for one in practices} == {5, 6, 7, 8, 9}
    assert all(25 <= len(one.summary.split()) <= 50 for one in practices)
    assert 380 < sum(len(one.text.split()) for one in practices) / STRETCH < 620
    kinds = Counter(one.kind for one in practices)
    assert len(kinds) == 8
    assert kinds["lesson"] > 4 * kinds["local_act"]
    assert 0.1 < sum(bool(one.pages) for one in practices) / STRETCH < 0.3
