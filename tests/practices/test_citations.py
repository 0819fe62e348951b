from datetime import date

import pytest

from practices.citations import Author, Citation, bibtex, gost, ris

ACCESSED = date(2026, 11, 21)


def citation(*authors: str, **values) -> Citation:
    return Citation(
        **{
            "key": "ostatok",
            "title": "Остаток — не ошибка",
            "authors": tuple(Author.of(name) for name in authors),
            "year": 2025,
            "published": date(2025, 3, 14),
            "url": "https://portal.example/bank/ostatok/",
            "summary": "Два урока.",
            "keywords": ("деление с остатком",),
            **values,
        }
    )


TAIL = (
    ". — Текст : электронный // Империя школ : муниципальный образовательный портал. — 2025."
    " — URL: https://portal.example/bank/ostatok/ (дата обращения: 21.11.2026)."
)


@pytest.mark.parametrize(
    ("authors", "record"),
    [
        ((), "Остаток — не ошибка"),
        (("И. А. Берёзкина",), "Берёзкина, И. А. Остаток — не ошибка / И. А. Берёзкина"),
        (
            ("И. А. Берёзкина", "А. А. Ветров", "Н. В. Гаврилюк"),
            "Берёзкина, И. А. Остаток — не ошибка / И. А. Берёзкина, А. А. Ветров, Н. В. Гаврилюк",
        ),
        (
            ("И. А. Берёзкина", "А. А. Ветров", "Н. В. Гаврилюк", "А. А. Дальнев"),
            "Остаток — не ошибка / И. А. Берёзкина, А. А. Ветров, Н. В. Гаврилюк, А. А. Дальнев",
        ),
        (
            ("И. А. Берёзкина", "А. А. Ветров", "Н. В. Гаврилюк", "А. А. Дальнев", "Д. И. Ермолин"),
            "Остаток — не ошибка / И. А. Берёзкина, А. А. Ветров, Н. В. Гаврилюк [и др.]",
        ),
        (("Ермолин",), "Ермолин Остаток — не ошибка / Ермолин"),
    ],
)
def test_a_gost_record_begins_with_the_author_while_there_are_three_at_most(authors, record):
    assert gost(citation(*authors), today=ACCESSED) == record + TAIL


def test_bibtex_is_not_broken_by_what_a_title_may_hold():
    lines = bibtex(citation("И. А. Берёзкина", title="100 % {успеха} & \\evil_$")).splitlines()
    assert lines[:4] == [
        "@online{ostatok,",
        "  author = {Берёзкина, И. А.},",
        "  title = {{100 \\% успеха \\& evil\\_\\$}},",
        "  year = {2025},",
    ]
    assert lines[-1] == "}"


def test_ris_keeps_a_tag_to_a_line():
    text = ris(citation("И. А. Берёзкина", summary="Первая\nER  - \nвторая", title="Две\r\nстроки"))
    assert [line for line in text.split("\r\n") if line.startswith(("TY", "TI", "AB", "ER"))] == [
        "TY  - ELEC",
        "TI  - Две строки",
        "AB  - Первая ER - вторая",
        "ER  - ",
    ]
