"""Embeddings: made by the worker of what lacks one, gone with the text they were made of."""

import pytest

from search import meaning
from search.finding import find, near_in_meaning
from search.indexing.rebuild import rebuild
from search.meaning.stored import forget_stale
from search.models import SearchDocument, SearchMeaning
from search.query import SearchRequest
from tests.factories.search import document

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(not meaning.installed(), reason="the extra «meaning» is not installed"),
]

BREAK = "Подвижные игры на перемене, чтобы дети не бегали по коридору"
TEST = "Проверочная работа по дробям с критериями оценки"


@pytest.fixture
def two(shelf):
    shelf.put(document(1, BREAK), document(2, TEST), document(3, "Гимназия", gist=[]))
    assert meaning.embed_missing() == 2
    return shelf


def test_a_question_finds_what_says_it_in_other_words(two):
    results = find(SearchRequest(text="чем занять ребят между уроками"))
    assert (results.exact, [(hit.object_id, hit.by_meaning) for hit in results.hits]) == (0, [(1, True)])
    assert find(SearchRequest(text="чем занять ребят между уроками", literal=True)).hits == []
    assert [hit.object_id for hit in find(SearchRequest(text='"подвижные игры"')).hits] == [1]


def test_what_is_left_out_by_a_minus_is_not_near_either(two):
    assert find(SearchRequest(text="чем занять ребят между уроками -перемена")).hits == []


def test_only_what_lacks_an_embedding_is_embedded(two):
    assert meaning.embed_missing() == 0
    two.put(document(2, TEST, text="Ещё одно слово в тексте, которого раньше не было"))
    assert meaning.embed_missing() == 1
    two.put(document(2, TEST, gist=[TEST], text="Слова"), document(1, BREAK, popularity=9))
    assert (meaning.embed_missing(), meaning.embed_missing()) == (1, 0)
    two.put(document(2, TEST, gist=[TEST], text="Другие слова, а говорит о том же"))
    assert meaning.embed_missing() == 0
    two.take_away(1)
    assert list(SearchMeaning.objects.values_list("document_id", flat=True)) == list(
        SearchDocument.objects.filter(object_id=2).values_list("pk", flat=True)
    )


def test_another_gist_said_by_a_module_makes_the_embedding_stale(two):
    SearchDocument.objects.filter(object_id=1).update(gist=["О другом"])
    forget_stale()
    assert meaning.embed_missing() == 1


def test_near_in_meaning_are_public_objects_of_a_kind_that_are_near_enough(two):
    asked = ["Игры на перемене, чтобы дети не бегали"]
    assert near_in_meaning(asked, kind="thing", least=0.5, limit=5) == [1]
    assert near_in_meaning(asked, kind="thing", least=0.99, limit=5) == []
    assert near_in_meaning(asked, kind="practice", least=0.5, limit=5) == []
    two.put(document(1, BREAK, access=["secret"]))
    meaning.embed_missing()
    assert near_in_meaning(asked, kind="thing", least=0.5, limit=5) == []


@pytest.mark.django_db(transaction=True)
def test_a_rebuild_keeps_the_embeddings(two):
    before = dict(SearchMeaning.objects.values_list("document_id", "gist_hash"))
    rebuild()
    assert dict(SearchMeaning.objects.values_list("document_id", "gist_hash")) == before
