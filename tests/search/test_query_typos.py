from search.query.knowledge import Spelling
from search.query.spelling import likelier, respelled
from search.query.typos import best, distance, limit_of, slips
from tests.factories.knowledge import Known

#: Typed, meant, what the slips cost.
DISTANCES = [
    ("урок", "урок", 0),
    ("програма", "программа", 0.4),
    ("школла", "школа", 0.4),
    ("матиматика", "математика", 0.5),
    ("зделать", "сделать", 0.8),
    ("учаться", "учатся", 0.5),
    ("преподование", "преподавание", 0.5),
    ("чуство", "чувство", 0.5),
    ("пецца", "петса", 0.9),
    ("исскуство", "искусство", 0.8),
    ("изчезать", "исчезать", 0.5),
    ("щастье", "счастье", 0.8),
    ("урко", "урок", 0.6),
    ("ращвитие", "развитие", 0.7),
    ("грамотнсть", "грамотность", 0.8),
    ("прздник", "праздник", 0.8),
    ("празник", "праздник", 0.5),
    ("вшкола", "школа", 1.1),
    ("кот", "код", 0.5),
    ("рысь", "речь", 1.2),
]
SPELLED = Known("""
    математика 90 математике 60 урок 200 урон 1 внеурочная 40 деятельность 90 классный 30 час 30 школе 90 программа 50
    функциональная 20 грамотность 60 самооценка 4 видео 9 информатика 8 речь 40 педагог 70 карта 40 класс 90 прграмма 1
""")
#: Nothing was found for these.
RESPELLED = {
    "матиматика": "математика",
    "МАТИМАТИКА": "математика",
    "Матиматика и урко": "Математика и урок",
    "о матиматике в школе": "о математике в школе",
    "функцыональная грамотнсть": "функциональная грамотность",
    "классныйчас": "классный час",
    "вшколе": "в школе",
    "7класс": "7 класс",
    "вне урочная деятельность": "внеурочная деятельность",
    "само оценка": "самооценка",
    "перевернуть и": "",
    "матим": "математика",
    "урок грамотнст": "урок грамотность",
    "деятильно": "деятельность",
    "видио-урок": "видео-урок",
    "vfnbvfnbrf": "математика",
    "“матиматика” педогог -програма": "“матиматика” педагог -програма",
}
#: Known, too short, a number, a word of its own, nothing like any other, only begun, or nothing at all.
AS_GOOD_AS_IT_GETS = ["урок в школе", "укр", "2028", "рысь", "карты", "абракадабра", "матем", "", "и в на", '"урко"']


def test_cheap_is_what_hands_and_ears_confuse():
    assert [(typed, meant, distance(typed, meant, 9)) for typed, meant, _far in DISTANCES] == DISTANCES
    assert all(distance(meant, typed, 9) == far for typed, meant, far in DISTANCES)
    assert distance("математика", "педагог", 2.0) > 2.0


def test_the_nearest_word_is_meant_and_between_equals_the_frequent_one():
    words = [Spelling("урок", 100), Spelling("урод", 1), Spelling("уроки", 9), Spelling("уж", 1000)]
    assert best("урог", words, limit_of("урог")) == Spelling("урок", 100)
    assert best("урои", words, limit_of("урои")) == Spelling("уроки", 9)
    assert best("ящик", words, limit_of("ящик")) is None
    assert best("ящик", [], 9) is None


def test_one_slip_or_two_letters_that_sound_alike_are_looked_for_by_name():
    near = slips("праэкт")
    assert {"проект", "проэкт", "праэк", "парэкт", "пракэт", "прраэкт"} <= near
    assert "праэкт" not in near
    assert len(near) < 600
    assert len(slips("е" * 20)) < 4_000
    assert slips("е" * 300) == set()


def test_words_nobody_knows_are_respelled_and_all_others_stay():
    assert {text: respelled(text, SPELLED) for text in RESPELLED} == RESPELLED
    assert [text for text in AS_GOOD_AS_IT_GETS if respelled(text, SPELLED)] == []


def test_only_what_is_far_more_frequent_and_very_near_is_suggested():
    cases = {
        "прграмма урока": "программа урока",
        "Класный час": "Классный час",
        "матиматика ": "математика ",
        "грамот": "",
        "урон": "",
        "самоаценка": "",
        "информотика": "",
        '"прграмма"': "",
        "урок -прграмма": "",
    }
    assert {text: likelier(text, SPELLED) for text in cases} == cases
