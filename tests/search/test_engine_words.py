"""The contract of every engine: what is found by which words, and in which order."""

import pytest

from search.documents import Attachment
from search.finding import similar
from tests.factories.search import document

pytestmark = pytest.mark.django_db


def test_all_words_must_be_found_wherever_in_the_document_they_stand(shelf, found):
    shelf.put(
        document(1, "Дроби", text="Урок о пицце"),
        document(2, "Дроби", text="Урок о торте"),
        document(3, "Проценты", tags=["пицца"]),
    )
    assert found("дроби с пиццей") == [1]
    assert sorted(found("пицца")) == [1, 3]
    assert found("дроби велосипед") == []


def test_people_tags_summary_and_attachments_are_found(shelf, found):
    shelf.put(
        document(1, people=["Берёзкина Ирина Алексеевна"]),
        document(2, tags=["функциональная грамотность"]),
        document(3, summary="Как разложить пуговицы по коробкам"),
        document(4, attachments=[Attachment(7, "Карточки", [(1, "Про динозавров"), (2, "Про китов")])]),
    )
    assert found("березкина") == [1]
    assert found("грамотность функциональная") == [2]
    assert found("пуговица") == [3]
    assert found("кит") == [4]
    assert found("карточка") == [4]


def test_a_title_outranks_a_tag_a_tag_the_text_and_the_text_an_attachment(shelf, found):
    shelf.put(
        document(1, "Первая", text="Однажды дроби встретились ещё раз, и снова дроби, дроби"),
        document(2, "Дроби", text="Совсем о другом"),
        document(3, "Третья", tags=["дроби"]),
        document(4, "Четвёртая", attachments=[Attachment(1, "Файл", [(None, "дроби " * 50)])]),
    )
    assert found("дроби") == [2, 3, 1, 4]


def test_popularity_decides_between_equals_but_not_against_a_better_match(shelf, found):
    shelf.put(
        document(1, "Дроби"),
        document(2, "Дроби", popularity=900),
        document(3, "Иное", text="дроби", popularity=1_000_000),
    )
    assert found("дроби") == [2, 1, 3]


def test_equals_come_newest_first(shelf, found):
    shelf.put(*(document(number, "Дроби", date=document(1).date) for number in (1, 2, 3)))
    assert found("дроби") == [3, 2, 1]


def test_a_half_typed_last_word_is_completed(shelf, found):
    shelf.put(document(1, "Читательская грамотность"), document(2, "Читательский дневник"), document(3, "Дети"))
    assert found("читательская грам") == [1]
    assert sorted(found("читат")) == [1, 2]
    assert found("дет") == [3]
    assert found("читательская грам ") == []
    assert found("грам читательская") == []
    assert found("чи") == []


def test_a_completion_of_a_hyphenated_word_begins_as_it_is_typed(shelf, found):
    shelf.put(document(1, "Видео-урок"), document(2, "Видео-экскурсия"))
    assert found("видео-ур") == [1]


def test_quotes_ask_for_the_words_in_this_order(shelf, found):
    shelf.put(
        document(1, "Урок в школе"), document(2, "Школа и урок"), document(3, text="был урок новой хорошей школы")
    )
    assert found('"урок в школе"') == [1]
    assert found("«школа и урок»") == [2]
    assert sorted(found("урок школа")) == [1, 2, 3]
    assert found('"урок новой хорошей"') == [3]
    assert found('дроби "урок в школе') == []


def test_a_phrase_does_not_reach_from_one_text_into_another(shelf, found):
    shelf.put(document(1, "Новый урок", tags=["школа", "дроби"], summary="Музыка"))
    assert found('"урок школа"') == []
    assert found('"школа дроби"') == []


def test_a_minus_leaves_out_what_has_the_word(shelf, found):
    shelf.put(document(1, "Дроби"), document(2, "Дроби и пицца"), document(3, "Пицца в школе"))
    assert found("дроби -пицца") == [1]
    assert found("-пицца") == [1]
    assert found('пицца -"в школе"') == [2]
    assert sorted(found("дроби - пицца ")) == [2]


def test_stop_words_do_not_matter_unless_there_is_nothing_else(shelf, found):
    shelf.put(document(1, "Дроби", text="пицца"), document(2, "За и против"), document(3, "Против"))
    assert found("дроби с пиццей и") == [1]
    assert found("за и") == [2]


def test_hyphens_need_not_be_typed_as_they_were_written(shelf, found):
    shelf.put(document(1, "Научно-практическая конференция"), document(2, "Мастер класс"), document(3, "Видеоурок"))
    assert found("научно практическая") == [1]
    assert found("мастер-класс") == [2]
    assert found("видео-урок") == [3]


def test_no_words_mean_everything_newest_first(shelf, search):
    shelf.put(document(1), document(2))
    for text in ("", "   ", "!!! ... —", '""', "«»"):
        results = search(text)
        assert [hit.object_id for hit in results.hits] == [2, 1]
        assert (results.words_understood, results.sort) == ([], "newest")


def test_kinds_narrow_the_search(shelf, found):
    shelf.put(document(1, "Дроби"))
    assert found("дроби", kinds=["thing"]) == [1]
    assert found("дроби", kinds=["other"]) == []
    assert found("дроби", kinds=[]) == []


@pytest.mark.parametrize("asked", ["жираф", "ыыыы", "123456789", "zzz"])
def test_an_unknown_word_finds_nothing(shelf, search, asked):
    shelf.put(document(1, "Школа"))
    results = search(asked)
    assert (results.total, results.hits, results.pages) == (0, [], 0)


def test_between_equals_the_outstanding_one_comes_first(shelf, found):
    shelf.put(*(document(number, "Дроби", outstanding=number == 2) for number in range(1, 4)))
    assert found("дроби")[0] == 2


def test_what_lacks_a_word_is_only_near(shelf, search):
    shelf.put(document(1, "Школа"), document(2, "Школа и жираф"))
    results = search("школа жираф")
    assert (results.exact, results.total) == (1, 2)
    assert [(hit.object_id, hit.by_meaning) for hit in results.hits] == [(2, False), (1, True)]


def test_similar_things_share_rare_words_and_are_not_the_thing_itself(shelf):
    shelf.put(
        document(1, "Читательская грамотность на уроке", tags=["чтение"]),
        document(2, "Читательский дневник", tags=["чтение"]),
        document(3, "Футбол на уроке"),
        document(4, "Шахматы"),
        document(5, "Читательская грамотность дома", tags=["чтение"], access=["secret"]),
    )
    assert [hit.object_id for hit in similar("thing", 1, [], limit=3)] == [2, 3]
    assert [hit.object_id for hit in similar("thing", 1, ["secret"], limit=1)] == [5]
    assert similar("thing", 99, [], limit=3) == []
    assert similar("thing", 4, [], limit=3) == []
