import pytest

from search.analysis import clean, look_up, words
from search.indexing.vector import Vector


def meets(asked: str, written: str) -> bool:
    """Whether a word asked for stands for a word written, by the terms alone."""
    there = {term for word in words(clean(written)) for place in look_up(word).full for term in place}
    return all(
        any(
            any(set(place) & there for place in [place])
            for sequence in look_up(word).alternatives
            for place in sequence
        )
        for word in words(clean(asked))
    )


@pytest.mark.parametrize(
    ("asked", "written"),
    [
        ("школа", "В школах города"),
        ("ШКОЛА", "школу"),
        ("дети", "ребёнок"),
        ("ребенок", "детей"),
        ("люди", "человеком"),
        ("елка", "Ёлки"),
        ("ёлка", "елкой"),
        ("идти", "шёл"),
        ("лет", "год"),
        ("5", "в 5-м классе"),
        ("5-й", "5 класс"),
        ("5-го", "пятёрка, 5-е место"),
        ("7", "7Б"),
        ("7б", "7Б класс"),
        ("видеоурок", "видео-урок"),
        ("видео-урок", "видеоуроки"),
        ("урок", "видео-урок"),
        ("онлайн-урок", "уроки-онлайн онлайнурок"),
        ("lesson", "Lessons"),
        ("овз", "ОВЗ"),
        ("ОВЗ", "дети с ОВЗ"),
        ("й", "\u0438\u0306"),
        ("замок", "за\u0301мок"),
        ("педсовет", "пед\u00adсоветы"),
    ],
)
def test_a_word_meets_its_other_forms_and_spellings(asked, written):
    assert meets(asked, written)


@pytest.mark.parametrize(
    ("asked", "written"), [("школа", "школьник"), ("7б", "7 класс"), ("5", "15"), ("воз", "возраст")]
)
def test_a_word_does_not_meet_a_stranger(asked, written):
    assert not meets(asked, written)


def test_an_abbreviation_is_not_taken_for_a_word_it_resembles():
    # «РАС», a spectrum disorder, is no form of «раса»; «СМИ» has no lemma either.
    assert look_up("РАС").positions == (("рас",),)
    assert look_up("лет").positions == (("лет", "год"),)
    assert look_up("ЛЕТ").positions == (("лет",),)


def test_a_text_all_of_capitals_has_no_abbreviations():
    assert words("ДЕТИ И ШКОЛА") == ["дети", "и", "школа"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Научно-практическая, да!", ["Научно-практическая", "да"]),
        ("a_b\tc", ["a", "b", "c"]),
        ("т.\u00a0е. 1–4 класс", ["т", "е", "1", "4", "класс"]),
        ("\x00при\x00вет", ["привет"]),
        ("--- ' \" -", []),
        ("", []),
    ],
)
def test_words_are_letters_and_digits_with_their_hyphens(text, expected):
    assert words(clean(text)) == expected


def test_an_endless_word_is_cut():
    assert [len(word) for word in words("ы" * 100_000)] == [128]
    assert [len(term) for place in look_up("ы" * 128).full for term in place] == [59]  # a letter is an ending


def test_a_hyphenated_word_takes_as_many_places_as_it_has_parts():
    assert look_up("мастер-класс").positions == (("мастер", "мастеркласс"), ("класс",))


def test_stop_words_keep_their_places_and_have_no_terms_outside_titles():
    vector = Vector()
    vector.add(["урок в школе"], "C")
    assert vector.literal() == "'урок':1C 'школ':3C"
    vector = Vector()
    vector.add(["урок в школе"], "A", stop_words=True)
    assert vector.literal() == "'урок':1A 'в':2A 'школ':3A"


def test_weights_and_marks_tell_where_a_word_stands():
    vector = Vector()
    vector.add(["Дроби"], "A", marks="^#")
    vector.add(["счёт"], "B", marks="#")
    vector.add(["дроби и доли"], "C")
    assert vector.literal() == "'^дроб' '#дроб' 'дроб':1A,19C '#счет' 'счет':10B 'дол':21C"


def test_an_abbreviation_is_not_cut_to_a_stop_word():
    for word in ("ИОМ", "НОО", "СОО", "ДОУ", "ОУ", "ГИА", "ИЗО", "изо", "иом"):
        assert look_up(word).alternatives == (((word.lower(),),),)
    assert set(look_up("еды").alternatives[0][0]) & set(look_up("еда").alternatives[0][0]) == {"еда"}
