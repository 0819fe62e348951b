"""The contract of every engine: what of a hit is shown, marked and safe."""

import pytest

from search.documents import Attachment
from tests.factories.search import document

pytestmark = pytest.mark.django_db


def test_matched_words_are_marked_in_whatever_form_they_stand(shelf, search):
    shelf.put(document(1, "Ребёнок и школа", summary="О детях.", text="Были дети в видео-уроке."))
    hit = search("дети школа ").hits[0]
    assert hit.title_html == "<mark>Ребёнок</mark> и <mark>школа</mark>"
    assert hit.snippet_html == "О <mark>детях</mark>."
    assert search("видеоурок").hits[0].snippet_html == "Были дети в <mark>видео-уроке</mark>."


def test_completed_words_are_marked(shelf, search):
    shelf.put(document(1, "Читательская грамотность"))
    assert search("грам").hits[0].title_html == "Читательская <mark>грамотность</mark>"


def test_texts_are_escaped(shelf, search):
    shelf.put(document(1, "<script>дроби</script> & «k»", summary='<img src=x onerror="1"> дробь'))
    hit = search("дроби").hits[0]
    assert hit.title_html == "&lt;script&gt;<mark>дроби</mark>&lt;/script&gt; &amp; «k»"
    assert hit.snippet_html == "&lt;img src=x onerror=&quot;1&quot;&gt; <mark>дробь</mark>"


def test_the_snippet_is_the_stretch_with_the_most_of_the_words(shelf, search):
    filler = "слово за слово " * 60
    shelf.put(document(1, "Имя", summary="Ничего.", text=f"дроби {filler} дроби и пицца рядом {filler}"))
    snippet = search("дроби пицца").hits[0].snippet_html
    assert "<mark>дроби</mark> и <mark>пицца</mark> рядом" in snippet
    assert snippet.startswith("… ")
    assert snippet.endswith(" …")
    assert len(snippet) < 320


def test_without_words_the_summarys_beginning_is_shown(shelf, search):
    shelf.put(document(1, "Имя", summary="Коротко о деле.", text="Длинно."))
    assert search().hits[0].snippet_html == "Коротко о деле."


def test_the_matched_attachment_is_shown_with_its_page(shelf, search):
    shelf.put(
        document(
            1,
            "Киты",
            attachments=[
                Attachment(5, "Листы", [(1, "Про слонов"), (2, "Про <b>тигров</b> и пиццу")]),
                Attachment(6, "Речь", [(None, "Про тигров")]),
            ],
        )
    )
    attachment = search("тигр пицца").hits[0].attachment
    assert (attachment.title, attachment.page) == ("Листы", 2)
    assert attachment.snippet_html == "Про &lt;b&gt;<mark>тигров</mark>&lt;/b&gt; и <mark>пиццу</mark>"
    assert search("киты").hits[0].attachment is None
    assert search("киты тигр").hits[0].attachment.title == "Листы"


def test_a_hit_tells_what_the_document_said(shelf, search):
    said = document(4, "Имя", ref="E004", summary="О том", popularity=3)
    shelf.put(said)
    hit = search("имя").hits[0]
    assert (hit.kind, hit.object_id, hit.ref, hit.title, hit.url) == ("thing", 4, "E004", "Имя", "/things/4/")
    assert (hit.summary, hit.date, hit.popularity) == ("О том", said.date, 3)
    assert hit.score > 0
