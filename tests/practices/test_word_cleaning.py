"""The one cleaner of rich text: what comes out is what Wagtail's own editor stores."""

import re

import pytest
from wagtail.admin.rich_text.converters.contentstate import ContentstateConverter

from core.blocks import INLINE_FEATURES, PROSE_FEATURES
from practices.authoring.word import clean_html

CASES = [
    ("", ""),
    ("   \n ", ""),
    ("слова без абзаца", "<p>слова без абзаца</p>"),
    ("<p>а</p>хвост", "<p>а</p><p>хвост</p>"),
    ("<p>а <strong>б</strong> <em>в</em></p>", "<p>а <b>б</b> <i>в</i></p>"),
    ("<h1>а</h1><h2>б</h2><h4>в</h4><h6>г</h6>", "<h3>а</h3><h3>б</h3><h4>в</h4><h4>г</h4>"),
    ("<p></p><p>&nbsp;</p><p><b> </b></p>", ""),
    ("<p>а<br>б<br><br>в<br></p>", "<p>а<br/>б<br/>в</p>"),
    ("<ul><li><p>а</p></li><li><p>б</p><p>в</p></li></ul>", "<ul><li>а</li><li>б<br/>в</li></ul>"),
    (
        "<ul><li><p>а</p><ol><li><p>б</p></li></ol></li></ul>",
        "<ul><li>а<ol><li>б</li></ol></li></ul>",
    ),
    ("<blockquote><p>а</p><p>б</p></blockquote>", "<blockquote>а<br/>б</blockquote>"),
    ("<table><tr><th>а</th><td><p>б</p></td></tr><tr><td>в</td></tr></table>", "<p>а · б</p><p>в</p>"),
    ("<div>а<div><p>б</p></div>в</div>", "<p>а</p><p>б</p><p>в</p>"),
    ("<p>10<sup>2</sup>, H<sub>2</sub>O, x<sup>кв</sup></p>", "<p>10², H₂O, x^кв</p>"),
    ("<p><b>а<br>б</b></p>", "<p><b>а</b><br/><b>б</b></p>"),
    ("<p>1 < 2 & 3 > 2</p>", "<p>1 &lt; 2 &amp; 3 &gt; 2</p>"),
    ("<p>&lt;script&gt;</p>", "<p>&lt;script&gt;</p>"),
    ('<p><a href="https://ya.ru/?a=1&b=2">я</a></p>', '<p><a href="https://ya.ru/?a=1&amp;b=2">я</a></p>'),
    ('<p><a href="mailto:a@b.ru">я</a></p>', '<p><a href="mailto:a@b.ru">я</a></p>'),
    ('<p><a href="/bank/">банк</a></p>', '<p><a href="/bank/">банк</a></p>'),
]

HOSTILE = [
    ("<script>alert(1)</script><p>а</p>", "<p>а</p>"),
    ("<style>p{}</style><p>а</p>", "<p>а</p>"),
    ('<p onclick="x()" style="color:red" class="c" id="i">а</p>', "<p>а</p>"),
    ('<p><img src=x onerror="alert(1)">а</p>', "<p>а</p>"),
    ('<p><a href="javascript:alert(1)">а</a></p>', "<p>а</p>"),
    ('<p><a href="JaVa\tScript:alert(1)">а</a></p>', "<p>а</p>"),
    ('<p><a href="data:text/html,<b>x">а</a></p>', "<p>а</p>"),
    ('<p><a href="//evil.ru/">а</a></p>', "<p>а</p>"),
    ('<p><a href="/\\evil.ru/">а</a></p>', "<p>а</p>"),
    ('<p><a href="vbscript:x" target="_blank" ping="https://evil.ru">а</a></p>', "<p>а</p>"),
    ("<p><a href='https://ya.ru/\"onmouseover=\"x'>а</a></p>", None),
    ("<p><iframe src=https://evil.ru></iframe>а</p>", "<p>а</p>"),
    ("<svg><script>alert(1)</script></svg><p>а</p>", "<p>а</p>"),
    ("<math><mtext><table><mglyph><style><img src=x onerror=alert(1)></style></table></mtext></math>", None),
    ("<!-- <p>а</p> --><p>б</p>", "<p>б</p>"),
    ("<p>а\x00б\u202eв\u200b</p>", "<p>абв</p>"),
    ('<embed embedtype="image" id="1"><p>а</p>', "<p>а</p>"),
    ('<p><a linktype="document" id="7">а</a></p>', "<p>а</p>"),
    ("<ul><script>x</script><li>а</li></ul>", "<ul><li>а</li></ul>"),
]


@pytest.mark.parametrize(("written", "stored"), CASES)
def test_rich_text_is_written_as_wagtail_stores_it(written, stored):
    assert clean_html(written, features=PROSE_FEATURES) == stored


@pytest.mark.parametrize(("written", "stored"), HOSTILE)
def test_nothing_that_runs_or_loads_gets_through(written, stored):
    cleaned = clean_html(written, features=PROSE_FEATURES)
    assert stored is None or cleaned == stored
    assert set(re.findall(r"<(\w+)", cleaned)) <= {"p", "b", "i", "a", "br", "ul", "ol", "li", "h3", "h4", "blockquote"}
    assert set(re.findall(r"\s(\w+)=\"", cleaned)) <= {"href"}


def test_a_field_without_headings_and_quotes_keeps_their_words():
    written = "<h2>Итог</h2><blockquote>Сказано</blockquote><p>Слова</p>"
    assert clean_html(written, features=INLINE_FEATURES) == "<p><b>Итог</b></p><p>Сказано</p><p>Слова</p>"


def test_a_field_without_any_feature_keeps_paragraphs():
    written = '<h2>Итог</h2><ul><li>раз</li><li><b>два</b></li></ul><p><a href="https://ya.ru">я</a></p>'
    assert clean_html(written, features=[]) == "<p>Итог</p><p>— раз</p><p>— два</p><p>я</p>"


@pytest.mark.parametrize(("written", "stored"), CASES)
def test_cleaning_twice_changes_nothing(written, stored):
    assert clean_html(stored, features=PROSE_FEATURES) == stored


@pytest.mark.parametrize(("written", "stored"), [case for case in CASES if case[1]])
def test_the_admins_editor_reads_and_writes_it_unchanged(written, stored):
    """Draftail is the judge of what may be stored: its own way there and back adds nothing but block keys."""
    converter = ContentstateConverter(features=PROSE_FEATURES)
    there_and_back = converter.to_database_format(converter.from_database_format(stored))
    assert re.sub(r' data-block-key="\w+"', "", there_and_back).replace('"mailto', '"mailto') == stored


def test_nesting_without_end_is_survived():
    for tag in ("div", "blockquote", "ul><li", "b", "sup"):
        cleaned = clean_html(f"<{tag}>" * 5000 + "слова", features=PROSE_FEATURES)
        assert "слова" in cleaned


def test_a_megabyte_is_cleaned():
    written = "<p>Делим <b>с остатком</b> и <a href='https://ya.ru'>без</a>.</p>" * 15_000
    assert clean_html(written, features=PROSE_FEATURES).count("<p>") == 15_000
