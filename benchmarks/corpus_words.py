"""A bank of any size made of words: `Corpus(seed)[n]` is the practice number `n`, whatever the size of the bank.

Structure and skew are those of real practices: a topic with words of its own, a title, a summary, sections, tags,
people, facets of which a few values are frequent, attachments here and there. Words come by Zipf's law
(`benchmarks.vocabulary`). Some stand in a known share of the documents: `FREQUENT` in three of four, `PROBES`.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import cached_property

import numpy as np

from benchmarks.vocabulary import SHARE, SMALL_WORDS, Vocabulary, forms_of, vocabulary

#: Practices made at once; a number's practice depends on the seed and its own stretch alone.
STRETCH = 500

#: Each stands in three documents of four.
FREQUENT = ("ученик", "работа", "задание", "учитель", "группа", "вопрос", "время", "результат", "текст", "занятие")
#: One document of so many -> words that stand in exactly those.
PROBES = {
    10: ("маяк", "якорь", "парус", "причал", "гавань", "лоцман", "буксир", "трюм", "палуба", "мачта"),
    100: ("барометр", "секстант", "компас", "хронометр", "астролябия", "телескоп", "гироскоп", "сейсмограф"),
    1000: ("альбатрос", "баклан", "кайра", "топорок", "буревестник", "глупыш", "поморник", "крохаль"),
}
TOPICS = 400
TOPIC_WORDS = 60
#: Of a text's words, so many are its topic's, and so many hold sentences together.
TOPICAL, SMALL = 0.25, 0.2

KINDS = ("lesson", "experience", "event_scenario", "master_class", "project", "programme", "assessment", "local_act")
SUBJECTS = (
    "Математика", "Русский язык", "Начальная школа", "Литература", "Физика", "История", "Английский язык", "Биология",
    "Информатика", "География", "Химия", "Обществознание", "Дошкольное образование", "Технология", "Музыка",
    "Физическая культура", "Изобразительное искусство", "Управление школой", "Классное руководство", "Психология",
    "Логопедия", "Дополнительное образование", "Астрономия", "Основы безопасности", "Библиотека",
)  # fmt: skip
GRADES = 11
SCHOOLS = 60
FIRST_YEAR, YEARS = 2018, 8
SURNAMES = (
    "Абрамова", "Белова", "Воронцова", "Голубева", "Данилова", "Ершова", "Жукова", "Зимина", "Калинина", "Лаптева",
    "Малышева", "Никитина", "Осипова", "Панова", "Рыбакова", "Савельева", "Тарасова", "Ушакова", "Фомина", "Шарова",
)  # fmt: skip
NAMES = ("Анна", "Вера", "Галина", "Дарья", "Елена", "Зоя", "Ирина", "Любовь", "Мария", "Надежда")
PATRONYMICS = ("Андреевна", "Борисовна", "Викторовна", "Ивановна", "Львовна", "Олеговна", "Павловна", "Юрьевна")


@dataclass(frozen=True)
class Practice:
    """A generated practice; facets hold places in the lists above (schools, tags: numbers from 0)."""

    number: int
    topic: int
    title: str
    summary: str
    sections: list[str]
    people: list[str]
    kind: str
    subject: int
    grades: list[int]
    school: int
    tags: list[int]
    date: datetime
    popularity: int
    is_best: bool
    #: Pages of an attached file.
    pages: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        return "\n".join(self.sections)


class Corpus:
    """Practices by number. A smaller `share` of the dictionary makes a poorer language, sooner."""

    def __init__(self, *, seed: int = 1, share: float = SHARE) -> None:
        self.seed = seed
        self.share = share
        self._stretch: tuple[int, list[Practice]] = (-1, [])

    def __getitem__(self, number: int) -> Practice:
        return self._made(number // STRETCH)[number % STRETCH]

    def first(self, size: int) -> Iterator[Practice]:
        return (self[number] for number in range(size))

    def tag_names(self) -> list[str]:
        """A name for each topic: two of its words."""
        words, starts = self.vocabulary.forms, self.vocabulary.starts
        return [f"{words[starts[first]]} {words[starts[second]]}" for first, second in self.topics[:, 6:8]]

    @cached_property
    def vocabulary(self) -> Vocabulary:
        return vocabulary(
            share=self.share, seed=self.seed, without=[*FREQUENT, *(w for ws in PROBES.values() for w in ws)]
        )

    @cached_property
    def topics(self) -> np.ndarray:
        """Words of each topic: some that many texts have, most of them its own."""
        dice = np.random.default_rng([self.seed, 1])
        size = len(self.vocabulary)
        # Uniform in the logarithm of the rank; the very first words belong to no topic.
        ranks = np.exp(dice.uniform(np.log(60), np.log(size), (TOPICS, TOPIC_WORDS)))
        return np.minimum(ranks.astype(np.int64), size - 1)

    def _made(self, stretch: int) -> list[Practice]:
        if self._stretch[0] != stretch:
            self._stretch = (stretch, list(Stretch(self, stretch).practices()))
        return self._stretch[1]


class Stretch:
    """STRETCH practices from one row of dice: their words are drawn at once, then cut to texts."""

    def __init__(self, corpus: Corpus, number: int) -> None:
        self.corpus = corpus
        self.first = number * STRETCH
        self.dice = np.random.default_rng([corpus.seed, 2, number])
        dice = self.dice
        self.topics = skewed(dice, TOPICS, STRETCH, 0.6)
        self.titles = dice.integers(5, 10, STRETCH)
        self.summaries = dice.integers(25, 51, STRETCH)
        self.texts = np.clip(dice.normal(500, 70, STRETCH), 300, 900).astype(np.int64)
        has_file = dice.random(STRETCH) < 0.2
        self.pages = np.where(has_file, dice.integers(1, 6, STRETCH), 0)
        self.sizes = self.titles + self.summaries + self.texts + self.pages * 150

    def practices(self) -> Iterator[Practice]:
        words, ends = self._words(), np.cumsum(self.sizes).tolist()
        facets = self._facets()
        for place, end in enumerate(ends):
            own = words[end - int(self.sizes[place]) : end]
            number = self.first + place
            put_in(own, number, int(self.titles[place]), int(self.titles[place] + self.summaries[place]))
            yield self._practice(place, number, own, facets)

    def _words(self) -> list[str]:
        """The words of all texts, one after the other."""
        vocabulary, dice = self.corpus.vocabulary, self.dice
        count = int(self.sizes.sum())
        places = vocabulary.sample(dice, count)
        topical = np.flatnonzero(dice.random(count) < TOPICAL)
        topics = np.repeat(self.topics, self.sizes)[topical]
        words = self.corpus.topics[topics, skewed(dice, TOPIC_WORDS, len(topical), 0.8)]
        places[topical] = vocabulary.inflected(dice, words)
        found = vocabulary.forms[places]
        small = np.flatnonzero(dice.random(count) < SMALL)
        found[small] = np.array(SMALL_WORDS, dtype=object)[skewed(dice, len(SMALL_WORDS), len(small), 0.7)]
        return found.tolist()

    def _facets(self) -> dict[str, list]:
        dice = self.dice
        return {
            "kind": skewed(dice, len(KINDS), STRETCH, 0.9).tolist(),
            "grade": dice.integers(1, GRADES + 1, STRETCH).tolist(),
            "grades": dice.integers(0, 4, STRETCH).tolist(),
            "school": skewed(dice, SCHOOLS, STRETCH, 0.7).tolist(),
            "day": dice.integers(0, YEARS * 365, STRETCH).tolist(),
            "second": dice.integers(0, 86_400, STRETCH).tolist(),
            "popularity": (dice.pareto(1.2, STRETCH) * 5).astype(int).tolist(),
            "tags": skewed(dice, TOPICS, (STRETCH, 3), 0.8).tolist(),
            "tag": dice.integers(0, 4, STRETCH).tolist(),
            "best": (dice.random(STRETCH) < 0.03).tolist(),
            "people": dice.integers(0, 1600, (STRETCH, 2)).tolist(),
            "person": dice.integers(1, 3, STRETCH).tolist(),
        }

    def _practice(self, place: int, number: int, words: list[str], facets: dict[str, list]) -> Practice:
        title, summary, text = int(self.titles[place]), int(self.summaries[place]), int(self.texts[place])
        at = {name: values[place] for name, values in facets.items()}
        topic = int(self.topics[place])
        sections = words[title + summary : title + summary + text]
        pages = words[title + summary + text :]
        return Practice(
            number=number,
            topic=topic,
            title=" ".join(words[:title]).capitalize(),
            summary=sentences(words[title : title + summary]),
            sections=[sentences(sections[start : start + 110]) for start in range(0, text, 110)],
            people=[person(each) for each in at["people"][: at["person"]]],
            kind=KINDS[at["kind"]],
            subject=topic * 7 % 25 if topic % 3 else topic % 5,
            grades=[grade for grade in range(at["grade"], at["grade"] + at["grades"]) if grade <= GRADES],
            school=at["school"],
            tags=list(dict.fromkeys([topic, *at["tags"][: at["tag"]]])),
            date=datetime(FIRST_YEAR, 1, 1, tzinfo=UTC) + timedelta(days=at["day"], seconds=at["second"]),
            popularity=min(at["popularity"], 1_000_000),
            is_best=at["best"],
            pages=[sentences(pages[start : start + 150]) for start in range(0, len(pages), 150)],
        )


def skewed(dice: np.random.Generator, size: int, count: int | tuple[int, ...], power: float) -> np.ndarray:
    """Numbers below `size`; the first ones more often, by Zipf's law with this exponent."""
    weights = 1 / np.arange(1, size + 1) ** power
    return np.searchsorted(np.cumsum(weights / weights.sum())[:-1], dice.random(count))


def put_in(words: list[str], number: int, title: int, head: int) -> None:
    """Set the words of known frequency in the place of others: in the text, of every tenth holder in the title too.

    Each has places of its own among those that leave the same rest by 20, so that none is set over another.
    """
    for which, word in enumerate(FREQUENT):
        if (number + which) % 4:
            spelled = SPELLED[word]
            for again in range(1 + number % 3):
                words[head + which + 20 * ((number * 7 + again * 5) % 15)] = spelled[(number + again) % len(spelled)]
            if (number // 4 + which) % 10 == 0:
                words[which % title] = spelled[number % len(spelled)]
    for row, (rarity, probes) in enumerate(PROBES.items()):
        for which, word in enumerate(probes):
            if number % rarity == which:
                words[head + 10 + row + 20 * which] = SPELLED[word][number // rarity % len(SPELLED[word])]


SPELLED = {word: forms_of(word) for word in (*FREQUENT, *(word for words in PROBES.values() for word in words))}


def sentences(words: list[str]) -> str:
    """Words as sentences of a dozen, with a comma inside."""
    return " ".join(sentence(words[start : start + 12]) for start in range(0, len(words), 12))


def sentence(words: list[str]) -> str:
    comma = ", " if len(words) > 5 else ""
    return f"{' '.join(words[:5])}{comma}{' '.join(words[5:])}.".capitalize()


def person(number: int) -> str:
    rest, surname = divmod(number, len(SURNAMES))
    patronymic, name = divmod(rest, len(NAMES))
    return f"{SURNAMES[surname]} {NAMES[name]} {PATRONYMICS[patronymic]}"
