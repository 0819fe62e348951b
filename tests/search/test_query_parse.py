import time

from search.query import parse

#: Text -> (words and phrases to be found, those left out); what is quoted is in quotes, what is half-typed ends in «…».
PARSED = {
    "": ([], []),
    " !!! — \x00": ([], []),
    "дроби с пиццей ": (["дроби", "пиццей"], []),
    "дроби пицц": (["дроби", "пицц…"], []),
    "дроби пи": (["дроби", "пи"], []),
    "и на": (["и", "на"], []),
    "дроби Дроби ": (["Дроби"], []),
    '"урок" урок ': (['"урок"', "урок"], []),
    '"урок в школе"': (['"урок в школе"'], []),
    "«Урок в Школе» „ёж“": (['"урок в школе"', '"еж"'], []),
    '"и на"': (['"и на"'], []),
    '"видео-урок, 5 класс!"': (['"видео-урок 5 класс"'], []),
    '"" « » "…"': ([], []),
    'дроби "урок в школе': (["дроби", "урок", "школе…"], []),
    "дроби -пицца –\u2212торт": (["дроби", "торт…"], ["пицца"]),
    'дроби - пицца -"в школе" видео-урок ': (["дроби", "пицца", "видео-урок"], ['"в школе"']),
    "ДРОБИ И ОВЗ ": (["дроби", "овз"], []),
    "дети с ОВЗ ": (["дети", "ОВЗ"], []),
}
HOSTILE = ['"' * 50_000, "-" * 50_000, "а-" * 25_000, '"а' * 25_000, "-«" * 25_000, "\u0301" * 50_000, "а" * 50_000]


def shown(clause) -> str:
    if clause.quoted:
        return '"' + " ".join(form for (form,) in clause.alternatives[0]) + '"'
    return clause.surface + ("…" if clause.half_typed else "")


def test_a_text_becomes_words_phrases_and_what_is_left_out():
    parsed = {text: parse(text) for text in PARSED}
    assert {
        text: ([shown(clause) for clause in query.clauses], [shown(clause) for clause in query.excluded])
        for text, query in parsed.items()
    } == PARSED
    assert not any(query.shortened for query in parsed.values())


def test_a_query_is_bounded_whatever_it_is():
    start = time.process_time()
    parsed = [parse(text) for text in HOSTILE]
    assert time.process_time() - start < 1
    assert all(query.shortened and len(query.clauses) <= 32 for query in parsed)


def test_a_phrase_of_stop_words_is_looked_for_by_these_words_where_it_is_loosened():
    (phrase,) = parse('"что это"').clauses
    assert phrase.loosened().alternatives == ((("что",), ("это",)),)
    (phrase,) = parse('"что это за урок"').clauses
    assert phrase.loosened().alternatives == ((("урок",),),)
