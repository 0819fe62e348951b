import pytest

from search.query.understanding import likelier, respelled, understand
from search.vocabulary import Vocabulary, words_beginning
from tests.factories.search import document

pytestmark = pytest.mark.django_db


@pytest.fixture
def vocabulary(shelf):
    shelf.put(
        document(1, "Читательская грамотность", text="Дети пишут. Ребёнок читает видео-урок"),
        document(2, "Читательская грамотность детей", text="чтение, урок"),
        document(3, "Функциональная грамотность", text="профессия"),
        document(4, "Тайная грамматика", access=["secret"]),
    )
    return Vocabulary()


def test_a_word_is_counted_in_any_form_in_public_documents(vocabulary):
    asked = ["детям", "грамотностью", "грамматика", "видео-уроки", "видеоурок", "урок-чтение", "урок-море", "на", "5"]
    assert vocabulary.counts(asked) == dict(zip(asked, [3, 3, 0, 1, 1, 1, 0, 0, 0], strict=True))
    assert vocabulary.counts([]) == {}


def test_changes_count_before_and_after_they_are_merged(shelf, vocabulary, django_capture_on_commit_callbacks):
    assert words_beginning("чита", 9) == [("читательская", 2), ("читает", 1)]
    with django_capture_on_commit_callbacks(execute=True):
        shelf.take_away(1)
    assert words_beginning("чита", 9) == [("читательская", 1)]
    assert Vocabulary().counts(["читательская", "читает"]) == {"читательская": 1, "читает": 0}
    assert Vocabulary().alike("читатильская") == [("читательская", 1)]


def test_words_alike_are_found_by_trigrams_or_a_slip_and_none_of_a_secret(vocabulary):
    for asked, word in {"грамотнсть": "грамотность", "проффесия": "профессия", "урко": "урок", "дити": "дети"}.items():
        assert word in [spelling.word for spelling in vocabulary.alike(asked)]
    assert vocabulary.alike("грамматико") == []
    assert vocabulary.alike("читает") == []
    assert vocabulary.alike("%_'") == []


def test_what_is_half_typed_with_a_slip_is_known_by_its_beginning_and_nothing_of_a_secret(vocabulary):
    assert vocabulary.begun_alike("читот") == {"читат": ("читательская", 2)}
    assert vocabulary.begun_alike("граммвт") == vocabulary.begun_alike("читот" * 3) == {}
    assert respelled("читот", vocabulary) == "читательская"


def test_completions_are_the_most_frequent_words_and_only_public_ones_are_shown(vocabulary):
    assert vocabulary.completions("грам") == [("грамотн",), ("грамматик",)]
    assert words_beginning("грам", 9) == [("грамотность", 3)]
    assert words_beginning("грам", 0) == []
    assert words_beginning("%", 9) == words_beginning("_", 9) == words_beginning("\\", 9) == []


def test_what_only_some_may_see_does_not_show_by_what_is_corrected(vocabulary):
    assert (vocabulary.begins("грамотн"), vocabulary.begins("граммат")) == (True, False)
    asked = {"uhfvjny": "грамотн", "uhfvvfn": ""}
    assert {text: understand(text, vocabulary).corrected for text in asked} == asked


def test_a_query_takes_few_questions_however_long(vocabulary, django_assert_max_num_queries):
    text = "xbnfntkmcrfz " + " ".join(f"слово{number}" for number in range(20)) + " чтениее грамотнсть"
    with django_assert_max_num_queries(8):
        understand(text, vocabulary)
    with django_assert_max_num_queries(16):
        assert respelled("читатильская грамотнсть", vocabulary) == "читательская грамотность"
        assert likelier("читатильская грамотнсть", vocabulary) == ""


def test_corrected_and_suggested_spellings_are_found(shelf, search):
    shelf.put(*(document(number, "Математика на уроке") for number in range(1, 30)), document(30, "Матиматика дома"))
    assert search("матемматика урок").corrected == "математика урок"
    assert search("vfntvfnbrf ehjr").corrected == "математика урок"
    results = search("матиматика ")
    assert (results.exact, results.corrected, results.suggestion) == (1, "", "математика ")
