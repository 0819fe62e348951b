"""What else a query is searched for as, by the school dictionary."""

from search import school_words
from search.query import parse
from search.query.synonyms import SynonymBook, expand

GROUPS = [
    ["ОВЗ", "ограниченные возможности здоровья"],
    ["РАС", "аутизм", "ребёнок с РАС"],
    ["классный час", "разговоры о важном"],
    ["слабоуспевающие", "неуспевающие", "отстающие"],
    ["учитель", "педагог"],
    ["молодой учитель", "молодой специалист"],
    ["проектная деятельность", "метод проектов"],
    ["физра", "физ-ра", "физическая культура"],
    ["ученик", "учащийся", "обучающийся"],
]
BOOK = SynonymBook(GROUPS)

#: Query -> what is said to be searched for besides.
TABLE = {
    "ОВЗ": {"ОВЗ": ["ограниченные возможности здоровья"]},
    "дети с овз": {"ОВЗ": ["ограниченные возможности здоровья"]},
    "ограниченных возможностей здоровья": {"ограниченных возможностей здоровья": ["ОВЗ"]},
    "ограниченные возможности": {},
    "здоровья ограниченные возможности": {},
    "рас": {"РАС": ["аутизм", "ребёнок с РАС"]},
    "человеческая раса": {},
    "аутизм": {"аутизм": ["ребёнок с РАС"]},
    "Классного часа": {"Классного часа": ["разговоры о важном"]},
    "разговора о важном": {"разговоры о важном": ["классный час"]},
    "Разговоры важного": {"разговоры о важном": ["классный час"]},
    "отстающим": {"отстающим": ["слабоуспевающие", "неуспевающие"]},
    "отставать": {},
    "молодому учителю": {"молодому учителю": ["молодой специалист"]},
    "опытный учитель": {"учитель": ["педагог"]},
    "физ-ра": {"физ-ра": ["физра", "физическая культура"]},
    "обучающимся": {"обучающимся": ["ученик", "учащийся"]},
    "обучать": {},
    "учиться": {},
    '"классный час"': {},
    'классный "час"': {},
    "урок -ОВЗ": {},
    "неведомое": {},
    "": {},
    "и о в": {},
}


def alternatives(text: str) -> dict[str, set]:
    clauses, _said = expand(parse(text).clauses, BOOK)
    return {clause.surface: set(clause.alternatives) for clause in clauses}


def test_each_phrase_of_a_group_leads_to_the_others_in_any_form():
    assert {text: expand(parse(text).clauses, BOOK)[1] for text in TABLE} == TABLE


def test_whatever_the_words_found_they_still_find():
    for text in TABLE:
        plain = parse(text).clauses
        expanded, _said = expand(plain, BOOK)
        assert [clause.surface for clause in expanded] == [clause.surface for clause in plain]
        assert all(set(a.alternatives) <= set(b.alternatives) for a, b in zip(plain, expanded, strict=True)), text


def test_each_word_of_a_phrase_may_be_the_whole_of_another():
    other = (("разговор",), (), ("важн",))
    assert alternatives("классный час") == {"классный": {(("классн",),), other}, "час": {(("час",),), other}}


def test_an_abbreviation_that_is_a_word_too_is_not_searched_for_unless_typed():
    assert (("рас",),) not in alternatives("аутизм")["аутизм"]
    assert alternatives("рас")["рас"] >= {(("рас",),), (("аутизм",),), (("ребенок",), (), ("рас",))}


def test_the_portals_own_dictionary_knows_school_life_both_ways():
    book = SynonymBook(phrases for phrases, _comment in school_words.groups())
    pairs = [
        *[("ВСОКО", "внутренняя система оценки качества образования"), ("КТП", "календарно-тематическое планирование")],
        *[
            ("ШНОР", "школы с низкими результатами"),
            ("УУД", "универсальные учебные действия"),
            ("домашка", "домашнее задание"),
        ],
        *[("разговоры о важном", "классный час"), ("травля", "буллинг"), ("неуспевающие", "отстающие")],
        *[("ИКТ", "цифровые технологии"), ("дистант", "дистанционное обучение"), ("ТРИЗ", "изобретательские задачи")],
    ]
    one_way = {
        (a, b)
        for a, b in [*pairs, *((b, a) for a, b in pairs)]
        if [b] != [other for others in expand(parse(a).clauses, book)[1].values() for other in others if other == b]
    }
    assert one_way == set()
