import json

import pytest

from practices.importer import BadRecordError, record_of
from tests.factories.pages import record


def line(**values) -> str:
    return json.dumps(record(**values), ensure_ascii=False)


def test_paragraphs_of_a_plain_body_become_one_text_card_and_markup_stays_text():
    body = record_of(line(body="Первый <b>шаг</b>.\n\nВторой.")).body
    assert [(block["type"], block["value"]) for block in body] == [
        ("prose", "<p>Первый &lt;b&gt;шаг&lt;/b&gt;.</p><p>Второй.</p>")
    ]


def test_neighbouring_texts_are_one_card_and_a_step_parts_them():
    blocks = [
        {"type": "heading", "value": "Начало"},
        {"type": "list", "value": ["раз", "два"]},
        {"type": "step", "value": {"title": "Шаг", "minutes": 5, "text": "Делаем."}},
        {"type": "quote", "value": {"text": "Остаток — это те, кому не хватило компании.", "source": "ученик"}},
        {"type": "callout", "value": "Не торопитесь."},
        {"type": "table", "value": {"caption": "Т", "header": ["А", "Б"], "rows": [["1"]]}},
    ]
    assert [(block["type"], block["value"]) for block in record_of(line(body=blocks)).body] == [
        ("prose", "<h3>Начало</h3><ul><li>раз</li><li>два</li></ul>"),
        ("step", {"title": "Шаг", "minutes": 5, "text": "<p>Делаем.</p>"}),
        ("prose", "<blockquote>Остаток — это те, кому не хватило компании.<br/>— ученик</blockquote>"),
        ("callout", "<p>Не торопитесь.</p>"),
        (
            "table",
            {
                "table": {
                    "columns": [{"type": "text", "heading": "А"}, {"type": "text", "heading": "Б"}],
                    "rows": [{"values": ["1", ""]}],
                    "caption": "Т",
                }
            },
        ),
    ]


def test_the_same_line_makes_the_same_blocks_with_the_same_ids():
    text = line(id="D001")
    assert record_of(text) == record_of(text)


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ({"level": "all"}, ("preschool", "primary", "basic", "secondary")),
        ({"level": "basic"}, ("basic",)),
        ({"grades": [4, 5]}, ("primary", "basic")),
        ({"grades": []}, ()),
    ],
)
def test_levels_are_said_or_follow_from_the_grades(values, expected):
    assert record_of(line(**values)).levels == expected


@pytest.mark.parametrize(
    "values",
    [
        {"title": ""},
        {"title": "а" * 256},
        {"title": None},
        {"id": ""},
        {"kind": "sonata"},
        {"grades": [0]},
        {"grades": [True]},
        {"grades": "5"},
        {"year": 1200},
        {"year": "2025"},
        {"body": [{"type": "script", "value": "alert(1)"}]},
        {"body": [{"type": "table", "value": {"header": ["А"], "rows": [["1", "2"]]}}]},
        {"body": []},
        {"body": 5},
        {"tags": {"a": 1}},
        {"tags": ["а" * 101]},
        {"level": "academy"},
        {"licence": "WTFPL"},
        {"materials": [{"title": "Т", "format": "exe", "outline": []}]},
        {"conditions": "нет"},
        {"published": "вчера"},
        {"published": "2025-02-30"},
    ],
)
def test_a_line_with_something_wrong_is_refused_with_a_reason(values):
    with pytest.raises(BadRecordError) as refusal:
        record_of(line(**values))
    assert str(refusal.value)


@pytest.mark.parametrize("text", ["", "null", "[]", "{", "5", '{"id": "x"}', "[" * 100_000])
def test_what_is_no_object_of_a_practice_is_refused(text):
    with pytest.raises(BadRecordError):
        record_of(text)


def test_null_characters_are_taken_out_since_postgresql_stores_none():
    assert record_of(line(title="Ну\x00ль")).title == "Нуль"
