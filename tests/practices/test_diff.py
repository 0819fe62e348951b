"""What changed between two texts, as people read it."""

import copy
import re
from uuid import UUID

import pytest

from practices.diff import changes, compare
from practices.models import PracticePage
from tests.factories import files, review

pytestmark = pytest.mark.django_db


def prose(number: int, text: str) -> dict:
    return {"type": "prose", "value": f"<p>{text}</p>", "id": str(UUID(int=number))}


def table(number: int, *rows: list[str]) -> dict:
    columns = [{"type": "text", "heading": name} for name in ("Было", "Стало")]
    value = {"columns": columns, "rows": [{"values": row} for row in rows], "caption": "Итог"}
    return {"type": "table", "value": {"table": value}, "id": str(UUID(int=number))}


def between(before: dict, after: dict) -> list[tuple[str, str]]:
    """`[(section, html)]` of what changed when the fields of `before` became those of `after`."""
    old = review.written(**before)
    new = copy.deepcopy(old.get_latest_revision_as_object())
    for name, value in after.items():
        setattr(new, name, value)
    return [(change.section, str(change.html)) for change in changes(old.get_latest_revision_as_object(), new)]


def test_the_same_text_has_no_changes():
    assert between({}, {}) == []


def test_words_are_marked_where_they_changed():
    assert between(
        {"problem": "<p>Ученики не чувствуют остатка.</p>"}, {"problem": "<p>Ученики часто не видят остатка.</p>"}
    ) == [("problem", "<p>Ученики<ins> часто</ins> не <del>чувствуют</del><ins>видят</ins> остатка.</p>")]


def test_paragraphs_that_stayed_are_left_out():
    lines = [f"Строка номер {number} о своём." for number in range(9)]
    html = compare("\n".join(lines), "\n".join([*lines[:4], "Новая.", *lines[4:]]))
    assert html == "<p>…</p><p><ins>Новая.</ins></p><p>…</p>"


def test_cards_are_known_by_their_words_where_ids_were_given_anew():
    before = [prose(1, "Первая"), prose(2, "Вторая"), prose(3, "Третья")]
    after = [prose(1, "Первая"), prose(2, "Новая"), prose(3, "Вторая"), prose(4, "Третья")]
    ((_section, html),) = between({"body": before}, {"body": after})
    assert re.findall(r"<(?:ins|del)>[^<]*", html) == ["<ins>Новая"]
    assert (
        between({"body": before}, {"body": [prose(n, t) for n, t in ((7, "Первая"), (1, "Вторая"), (9, "Третья"))]})
        == []
    )


def test_cards_are_known_by_their_ids():
    before = [prose(1, "Первая"), prose(2, "Вторая карточка текста"), prose(3, "Третья")]
    after = [prose(3, "Третья"), prose(1, "Первая"), prose(2, "Вторая карточка слов"), prose(4, "Новая")]
    ((section, html),) = between({"body": before}, {"body": after})
    what = re.findall(r'diff__what">([^<]*)<', html)
    assert section == "body"
    assert len(what) == 3
    assert "Вторая карточка <del>текста</del><ins>слов</ins>" in html
    assert "<ins>Новая</ins>" in html
    assert "Первая" not in html


def test_a_card_taken_out_stands_where_it_was():
    before = [prose(1, "Первая"), prose(2, "Лишняя"), prose(3, "Третья")]
    ((_section, html),) = between({"body": before}, {"body": [before[0], before[2]]})
    assert re.sub(r'<p class="diff__what">[^<]*</p>', "", html) == (
        '<p>…</p><div class="diff__card"><p><del>Лишняя</del></p></div><p>…</p>'
    )


def test_cells_of_a_table_are_compared():
    before, after = [table(1, ["11 ошибок", "5 ошибок"])], [table(1, ["11 ошибок", "2 ошибки"])]
    ((_section, html),) = between({"body": before}, {"body": after})
    assert "11 ошибок · <del>5</del><ins>2</ins> <del>ошибок</del><ins>ошибки</ins>" in html


def test_another_picture_is_a_change():
    one, other = files.image(title="Карта"), files.image(title="План")

    def picture(image) -> dict:
        return {"type": "picture", "value": {"image": image.pk, "alt": "Город", "caption": ""}, "id": str(UUID(int=1))}

    ((_section, html),) = between({"body": [picture(one)]}, {"body": [picture(other)]})
    assert ("<del>Карта</del><ins>План</ins>" in html, "Город" in html) == (True, False)


@pytest.mark.parametrize("field", ["title", "summary", "equipment"])
def test_what_people_wrote_is_never_markup(field):
    ((_section, html),) = between({field: "Просто"}, {field: "<script>alert(1)</script> & просто"})
    assert "<script" not in html
    assert "&lt;script&gt;" in html


def test_a_very_long_text_is_compared_within_bounds():
    words = [f"слово{number % 997}" for number in range(60_000)]
    before, after = " ".join(words), " ".join(reversed(words))
    html = compare(before, after)
    assert html.startswith("<p><del>")


def test_a_whole_practice_needs_a_constant_number_of_queries(django_assert_max_num_queries):
    old = review.written(body=[prose(number, f"Карточка {number}") for number in range(40)])
    before, after = (PracticePage.objects.get(pk=old.pk).get_latest_revision_as_object() for _number in range(2))
    after.body = [prose(number, f"Запись {number}") for number in range(40)]
    with django_assert_max_num_queries(12):
        changes(before, after)
