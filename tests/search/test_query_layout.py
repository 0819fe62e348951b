from search.query.keyboard import NEIGHBOURS, TO_LATIN, TO_RUSSIAN
from search.query.layout import converted
from tests.factories.knowledge import Known

KNOWN = Known("""
    дети 9 школе 9 математика 9 физика 5 химия 1 экология 1 класс 9 проект 2 лестница 1 фгос 3 животные 1 подъезд 1
    урок 9 python 1 powerpoint 1 vk 1
""")

CONVERTED = {
    "vfntvfnbrf": "математика",
    "VFNTVFNBRF": "МАТЕМАТИКА",
    "Ltnb": "Дети",
    # Letters that are signs of the other layout, and signs that are not letters of this one.
    ";bdjnyst": "животные",
    "'rjkjubz": "экология",
    "gjl]tpl": "подъезд",
    "[bvbz": "химия",
    ",jkmit": "больше",
    "ltnb, ghjtrn": "дети, проект",
    "abpbrf/ [bvbz": "физика. химия",
    '"ltnb d irjkt"': '"дети в школе"',
    "@ltnb d irjkt@": '"дети в школе"',
    "«ltnb»": "«дети»",
    "-ltnb ehjr": "-дети урок",
    # In part; short words go with their neighbours.
    "физика ktcnybwf": "физика лестница",
    "ltnb d irjkt 7 rkfcc": "дети в школе 7 класс",
    "python ehjr": "python урок",
    "ajuc AUJC": "ajuc ФГОС",
    # A word that only the grammar knows; one of which only the beginning is typed.
    "gthtvtyf": "перемена",
    "ktcny": "лестн",
    # The other way round.
    "знерщт": "python",
    "зщцукзщште урок": "powerpoint урок",
}
LEFT = [
    *("", "   ", "-", "vk", "scratch", "ppt", "python", "English", "d", "hello world", "kahoot ehtyjr", "cat", "ктоя"),
    *("дети", "огэ", "физика 7 класс", "ктивность", "матем", "zzz", "http://vk.com/ltnb?a=1", "ltnb\x00", "ltnбd"),
]


def test_what_was_typed_in_the_wrong_layout_is_converted_where_that_makes_a_word():
    assert {text: converted(text, KNOWN) for text in CONVERTED} == CONVERTED


def test_what_is_known_as_typed_or_means_nothing_either_way_stays():
    assert [text for text in LEFT if converted(text, KNOWN) != text] == ["ltnb\x00"]


def test_a_key_gives_one_letter_in_either_layout_and_has_neighbours():
    assert [chr(TO_RUSSIAN[TO_LATIN[ord(letter)]]) for letter in "ёжэбюхъЁЖЭБЮХЪ"] == list("ёжэбюхъЁЖЭБЮХЪ")
    assert {other for one, other in NEIGHBOURS if one == "п"} == set("аренми")
    assert {other for one, other in NEIGHBOURS if one == "q"} == set("wa")
