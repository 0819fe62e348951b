import pytest

from search.models import SynonymGroup
from search.query.understanding import WHOLE, likelier, respelled, understand
from tests.factories.knowledge import Known

pytestmark = pytest.mark.django_db

HOSTILE = ["'" * 50_000, ";'[" * 20_000, "ж-" * 25_000, "ab cd " * 9_000, "\ud800" * 9, "\x00", "%_\\", "٣ Ⅷ ½ ß ﬃ İ"]


@pytest.fixture
def known():
    return Known(f"математика 90 урок {WHOLE} уроки 3 грамотность 9 грамматика 9 классный 30 час 30 фгос 5")


def asked(understood) -> list[str]:
    return [clause.surface for clause in understood.query.clauses]


def test_layout_comes_first_and_the_reader_is_told(shelf, known):
    understood = understand("ehjrb «vfntvfnbrf» -fgos ", known)
    assert (understood.corrected, asked(understood)) == ("уроки «математика» -fgos ", ["уроки", "математика"])
    assert understood.query.clauses[1].quoted
    assert [clause.surface for clause in understood.query.excluded] == ["fgos"]
    assert understand("уроки математика ", known).corrected == ""


def test_the_last_word_is_completed_unless_enough_documents_have_it(shelf, known):
    assert understand("урок грам", known).query.terms == {"урок", "грам", "грамотн", "грамматик"}
    assert understand("грам урок", known).query.terms == {"грам", "урок"}
    assert understand("грам ", known).query.terms == {"грам"}
    assert "уроки" not in understand("урок", known).query.terms


def test_the_school_dictionary_is_asked_unless_the_query_is_literal(shelf, known):
    SynonymGroup.objects.create(words="квум\nкружок вечерних умников")
    understood = understand("урок квум ", known)
    assert understood.synonyms == {"квум": ["кружок вечерних умников"]}
    assert understand("кружок для вечерних умников", known).synonyms == {"кружок для вечерних умников": ["квум"]}
    assert understand("rdev", known).corrected == "квум"
    literal = understand("rdev урок гра", known, literal=True)
    assert (literal.corrected, literal.synonyms, literal.readings) == ("", {}, ())
    assert [clause.alternatives for clause in literal.query.clauses] == [
        (((word,),),) for word in ("rdev", "урок", "гра")
    ]


def test_a_word_of_the_school_dictionary_is_no_misspelling(known):
    assert respelled("чаз", known) == ""
    assert respelled("часс математик", known) == "час математик"
    SynonymGroup.objects.create(words="часс\nзанятие")
    assert respelled("часс", known) == ""
    assert likelier("класный часс", known) == "классный часс"


def test_a_query_that_is_too_long_says_so_even_if_it_is_converted(shelf, known):
    understood = understand("ehjr " * 70, known)
    assert (understood.query.shortened, asked(understood)) == (True, ["урок"])


def test_whatever_is_typed_is_understood_somehow(shelf, known):
    for text in HOSTILE:
        understand(text, known)
        respelled(text, known)
        likelier(text, known)
