"""Words of one root and one meaning find each other; words that only look alike do not."""

from search.analysis import look_up
from search.query import parse
from search.query.derivation import expand, relatives

#: Pairs that find each other.
BOTH = """
    преподавать преподавание; обучать обучение; обучить обучение; читать чтение; писать письмо; играть игра;
    проверять проверка; оценивать оценка; оценивать оценивание; развивать развитие; развить развитие; решать решение;
    повышать повышение; обсудить обсуждение; управлять управление; сократить сокращение; воспитывать воспитание;
    общаться общение; анализировать анализ; мотивировать мотивация; мыслить мышление; готовиться подготовка;
    математический математика; экологический экология; наставник наставничество
"""
#: The first finds the second, not the other way round.
ONE_WAY = "школьный школа; исторический история; литературный литература; игровой игра; учить обучение"
#: Neither finds the other.
STRANGERS = """
    занять занятие; собрать собрание; понять понятие; задать задание; пить пение; делать деление; положить положение;
    образовать образование; сказать сказка; физический физика; заметить замещение; рас раса; урок урон
"""


def pairs(text: str) -> list[tuple[str, str]]:
    return [tuple(pair.split()) for pair in text.split(";")]


def test_a_verb_and_its_noun_find_each_other_and_strangers_do_not():
    told = {(a, b): (b in relatives(a), a in relatives(b)) for a, b in pairs(BOTH) + pairs(ONE_WAY) + pairs(STRANGERS)}
    assert told == {
        **dict.fromkeys(pairs(BOTH), (True, True)),
        **dict.fromkeys(pairs(ONE_WAY), (True, False)),
        **dict.fromkeys(pairs(STRANGERS), (False, False)),
    }


def test_people_and_children_are_joined_by_their_dictionary_forms_already():
    def terms(word):
        return {term for sequence in look_up(word).alternatives for place in sequence for term in place}

    for one, other in [("дети", "ребёнок"), ("детей", "ребёнка"), ("люди", "человек"), ("людьми", "человеку")]:
        assert terms(one) & terms(other), (one, other)


def test_only_single_words_without_quotes_minus_or_capitals_are_derived():
    texts = ["преподаём физику", '"преподавание физики"', "урок -обучение", "ЕГЭ", "обучающийся", "5б", "игра-квест"]
    grown = {}
    for text in texts:
        plain = parse(text)
        grown[text] = [
            new.surface
            for old, new in zip(
                (*plain.clauses, *plain.excluded), (*expand(plain.clauses), *plain.excluded), strict=True
            )
            if old != new
        ]
    assert grown == {text: ["преподаём"] if text == texts[0] else [] for text in texts}
    (clause, _physics) = expand(parse("преподаём физику").clauses)
    assert (("преподаван",),) in clause.alternatives
