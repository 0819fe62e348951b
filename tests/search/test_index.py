"""The index follows its sources: in their transaction, exactly, and at no cost where nothing changed."""

from dataclasses import replace

import pytest
from django.db import transaction

from search import index
from search.documents import Attachment
from search.models import SearchDocument, SearchPassage, SearchWord, SearchWordChange
from tests.factories.search import document


@pytest.mark.django_db
def test_an_update_replaces_adds_and_takes_out(shelf, found):
    shelf.put(document(1, "Дроби"), document(2, "Дроби"))
    shelf.documents = {1: document(1, "Проценты"), 3: document(3, "Дроби")}
    index.update("thing", [1, 2, 3])
    assert (found("дроби"), found("проценты")) == ([3], [1])
    index.remove("thing", [1, 77])
    assert found("") == [3]


@pytest.mark.django_db
def test_only_the_asked_objects_are_touched(shelf, found):
    shelf.put(document(1, "Дроби"), document(2, "Дроби"))
    shelf.documents = {1: document(1, "Проценты")}
    index.update("thing", [1, 1])
    assert found("дроби") == [2]


@pytest.mark.django_db
def test_an_unchanged_object_is_not_written_again(shelf):
    shelf.put(document(1, "Дроби", attachments=[Attachment(1, "Файл", [(1, "текст")])]))
    row, passage = SearchDocument.objects.get(), SearchPassage.objects.get()
    SearchDocument.objects.update(title="помечено")
    index.update("thing", [1])
    assert SearchDocument.objects.get().title == "помечено"
    assert SearchPassage.objects.get().pk == passage.pk
    shelf.put(document(1, "Дроби", summary="иначе"))
    assert SearchDocument.objects.get().title == "Дроби"
    assert SearchDocument.objects.get().pk == row.pk
    assert not SearchPassage.objects.exists()


@pytest.mark.django_db
def test_a_kind_that_nobody_registered_is_refused(shelf):
    with pytest.raises(LookupError, match="other"):
        index.update("other", [1])


@pytest.mark.django_db
def test_popularity_is_set_without_its_source_and_taken_from_it_later(shelf, found):
    shelf.put(document(1), document(2))
    index.set_popularity("thing", {1: 10, 99: 5})
    assert found(sort="downloads") == [1, 2]
    shelf.put(replace(shelf.documents[2], popularity=20))
    assert found(sort="downloads") == [2, 1]


@pytest.mark.django_db(transaction=True)
def test_a_change_taken_back_leaves_no_trace(shelf, found):
    shelf.put(document(1, "Дроби"))
    with transaction.atomic():
        shelf.put(document(1, "Проценты"), document(2, "Проценты"))
        assert found("проц") == [2, 1]
        transaction.set_rollback(True)
    assert (found("дроби"), found("проц")) == ([1], [])


@pytest.mark.django_db(transaction=True)
def test_words_are_counted_by_documents_and_forgotten_with_them(shelf):
    shelf.put(
        document(1, "Дроби дроби", text="дробь"), document(2, "Дроби", access=["a"]), document(3, "Тайна", access=["a"])
    )
    counts = {word.word: (word.count, word.public_count) for word in SearchWord.objects.all()}
    assert counts == {"дроби": (2, 1), "дробь": (1, 1), "тайна": (1, 0)}
    shelf.put(document(2, "Дроби"))
    shelf.take_away(1, 3)
    counts = {word.word: (word.count, word.public_count) for word in SearchWord.objects.all()}
    assert counts == {"дроби": (1, 1)}
    assert not SearchWordChange.objects.exists()


@pytest.mark.django_db
def test_great_numbers_are_indexed_in_batches(shelf, search):
    sizes = []
    shelf.before_reading = lambda ids: sizes.append(len(ids))
    shelf.put(*(document(number, "Дроби") for number in range(1, 451)))
    assert sizes == [200, 200, 50]
    assert search("дроби").total == 450
