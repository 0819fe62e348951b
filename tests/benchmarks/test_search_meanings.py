"""Embeddings that nobody waits for: of a large corpus, scattered around those of its topics."""

import numpy as np
import pytest

from benchmarks.corpus_words import Corpus
from benchmarks.search import meanings
from benchmarks.search.shelf import FIRST_ID
from search import registry
from search.models import SearchMeaning
from tests.factories.search import Shelf, document

pytestmark = pytest.mark.django_db


def test_documents_of_one_topic_lie_nearer_to_each_other_than_to_another_s(monkeypatch):
    monkeypatch.setattr(meanings, "ENCODED", 0)
    corpus, shelf = Corpus(seed=3, share=0.005), Shelf()
    registry.register(shelf.source)
    try:
        shelf.put(*(document(FIRST_ID + number, "Урок", summary="Дроби") for number in range(60)))
    finally:
        registry.unregister(shelf.kind)
    assert meanings.embed(corpus, 60)["embeddings"].startswith("scattered")

    rows = SearchMeaning.objects.order_by("document_id").values_list("embedding", flat=True)
    vectors = np.array(list(rows))
    topics = np.array([corpus[number].topic for number in range(60)])
    cosines = vectors @ vectors.T
    alike = topics[:, None] == topics[None, :]
    np.fill_diagonal(alike, val=False)
    assert np.allclose(np.diag(cosines), 1, atol=0.01)
    assert cosines[alike].mean() > cosines[topics[:, None] != topics[None, :]].mean() + 0.2
