"""What the copy on Elasticsearch must answer as PostgreSQL does, besides the contract of all engines."""

from dataclasses import replace

import pytest
from django.db import connection

from search import copying
from search.engines import Question, own_engine
from search.engines.elasticsearch import ElasticsearchEngine
from search.engines.elasticsearch.documents import read_vector, streams
from search.engines.elasticsearch.grades import grade
from search.models import SearchDocument
from search.models.meaning import DIMENSIONS
from search.query import Clause, Query, parse
from tests.factories.search import document

pytestmark = [pytest.mark.django_db, pytest.mark.xdist_group("elasticsearch")]

EVERYTHING = Question(Query(), None, [])


@pytest.fixture
def engine_name(elasticsearch) -> str:
    return "elasticsearch"


@pytest.fixture
def row_ids():
    return lambda: dict(SearchDocument.objects.values_list("object_id", "pk"))


def vector(*numbers: float) -> list[float]:
    return [*numbers, *[0.0] * (DIMENSIONS - len(numbers))]


@pytest.fixture
def meant(shelf, elasticsearch, row_ids):
    """Things with embeddings of their own."""

    def mean(embeddings: dict[int, list[float]]) -> None:
        with connection.cursor() as cursor:
            for object_id, embedding in embeddings.items():
                cursor.execute(
                    "INSERT INTO search_searchmeaning (document_id, gist_hash, embedding) VALUES (%s, '', %s::halfvec)",
                    [row_ids()[object_id], str(embedding)],
                )
        copying.changed(row_ids().values())
        elasticsearch.catch_up()

    return mean


def test_the_nearest_in_meaning_are_those_of_postgresql_with_the_viewers_rights(shelf, meant, row_ids):
    shelf.put(
        document(1, "Дроби"),
        document(2, "Пицца"),
        document(3, "Шахматы"),
        document(4, "Тайна", access=["a", "b"]),
        document(5, "Без смысла"),
    )
    meant({1: vector(1, 0), 2: vector(0.8, 0.6), 3: vector(-1, 0), 4: vector(0.99, 0.1)})
    ids = row_ids()
    questions = {
        (): [1, 2, 3],
        ("a",): [1, 2, 3],
        ("a", "b"): [1, 4, 2, 3],
    }
    for tokens, expected in questions.items():
        for engine in (ElasticsearchEngine(), own_engine()):
            found = engine.nearest(vector(1, 0), replace(EVERYTHING, tokens=list(tokens)), 10)
            assert [one.id for one in found] == [ids[each] for each in expected]
            assert found[0].score == pytest.approx(1, abs=0.01)
            assert found[-1].score == pytest.approx(-1, abs=0.01)
    without = replace(EVERYTHING, query=parse("-пицца"), kinds=["thing"])
    assert [one.id for one in ElasticsearchEngine().nearest(vector(1, 0), without, 1)] == [ids[1]]
    assert ElasticsearchEngine().nearest(vector(1, 0), replace(EVERYTHING, kinds=[]), 5) == []


def test_with_some_of_the_words_the_rarer_and_the_nearer_to_the_title_comes_first(shelf, row_ids):
    shelf.put(
        document(1, "Дроби и пицца"),
        document(2, "Дроби"),
        document(3, "Урок", text="пицца"),
        *(document(number, "Урок") for number in range(4, 9)),
        document(9, "Пицца для своих", access=["secret"]),
    )
    ids = row_ids()
    question = replace(EVERYTHING, query=parse("урок дроби пицца "))
    answers = [engine.some(question, 4) for engine in (ElasticsearchEngine(), own_engine())]
    for found in answers:
        assert [one.id for one in found[:3]] == [ids[1], ids[3], ids[2]]
        assert all(0 < one.score <= 1 for one in found)
    assert [one.score for one in answers[0]] == pytest.approx([one.score for one in answers[1]], abs=0.02)
    assert ElasticsearchEngine().some(replace(question, query=Query()), 5) == []


def test_sequences_of_terms_match_at_their_distances_and_values_of_facets_anywhere(shelf, row_ids):
    shelf.put(
        document(1, "Урок в школе", facets={"grade": ["7"]}),
        document(2, "Урок школы"),
        document(3, text="школьный урок"),
        document(4, "Видео-уроки"),
    )
    ids = {row_id: object_id for object_id, row_id in row_ids().items()}
    with connection.cursor() as cursor:
        cursor.execute("SELECT id FROM search_searchfacetvalue WHERE facet = 'grade' AND value = '7'")
        number = cursor.fetchone()[0]
    cases = {
        ((("урок",), (), ("школ",)),): {1},
        ((("урок",), ("школ",)),): {2},
        ((("урок",), ("нет", "школ")), (("школьн",), ("урок",))): {2, 3},
        ((("виде",), ("урок",)),): {4},
        (((f"={number}",),),): {1},
        (((f"={number}",),), (("видеоурок",),)): {1, 4},
    }
    for alternatives, expected in cases.items():
        question = replace(EVERYTHING, query=Query((Clause("x", alternatives),)))
        for engine in (ElasticsearchEngine(), own_engine()):
            assert {ids[one.id] for one in engine.match(question).candidates} == expected, (engine.name, alternatives)


def test_a_long_sequence_of_many_terms_costs_no_more_than_its_length(shelf, row_ids):
    shelf.put(document(1, "а-б-в-г-д-е-ж-з"))
    place = tuple(f"слово{number}" for number in range(16))
    question = replace(EVERYTHING, query=Query((Clause("x", ((place,) * 8,)), Clause("y", ((place,) * 2,)))))
    assert ElasticsearchEngine().match(question).total == 0


def test_a_row_is_read_as_postgresql_writes_it():
    assert read_vector("'#урок' '=7' 'урок':1A,12C 'школ':3,14B") == {
        "#урок": [],
        "=7": [],
        "урок": [(1, "A"), (12, "C")],
        "школ": [(3, "D"), (14, "B")],
    }
    assert streams({"дет": [(1, "A"), (4, "C")], "ребенок": [(1, "A")]}) == ["дет _ _ дет", "ребенок", "", ""]
    assert [grade(letters) for letters in ("", "C", "CC", "CCCCCCC", "B", "BC", "A", "AB", "AAAA")] == [
        0, 1, 2, 3, 4, 4, 6, 6, 7,
    ]  # fmt: skip
