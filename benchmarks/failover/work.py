"""What goes on while a node is killed: people search, authors publish, the worker looks after what was left."""

import threading
import time
from collections import Counter
from dataclasses import dataclass, field, replace

from django.db import connections

from benchmarks.search.shelf import FIRST_ID, KIND, Shelf
from search import index
from search.copying.tasks import copy_changes
from search.engines import EngineAway, Matched, Question, own_engine
from search.engines.base import MAX_FACET_VALUES
from search.engines.elasticsearch import ElasticsearchEngine
from search.engines.elasticsearch.client import forget_trouble
from search.query import parse
from search.registry import facets

#: Words of the corpus's own language, each in many documents or in few.
WORDS = ("урок", "школа", "дети", "работа", "чтение", "математика", "проект", "игра", "опыт", "задача", "урок проект")
#: Seconds between two publications, between two looks of the worker.
PUBLISHING, WORKER = 0.2, 5.0
SEARCHERS = 2
TRIES = 20


class LiveShelf(Shelf):
    """Practices that are published again and again: each time with a word that nothing else has."""

    def __init__(self, *arguments) -> None:
        super().__init__(*arguments)
        self.edits: dict[int, str] = {}

    def document(self, practice):
        document = super().document(practice)
        edit = self.edits.get(document.object_id)
        return replace(document, text=f"{document.text} {edit}") if edit else document


@dataclass
class Journal:
    """What was asked and answered, and what was acknowledged."""

    searches: int = 0
    wrong: list[str] = field(default_factory=list)
    fell_back: int = 0
    published: dict[int, str] = field(default_factory=dict)
    publications: int = 0
    slowest_publication: float = 0.0
    troubles: Counter = field(default_factory=Counter)


class Work:
    """Threads that go on until told to stop."""

    def __init__(self, shelf: LiveShelf) -> None:
        self.shelf = shelf
        self.journal = Journal()
        self._over = threading.Event()
        self._lock = threading.Lock()
        self.questions = [question(text) for text in WORDS]
        # Publications add words of their own only, so these answers stay what they are.
        self.expected = [summary(own_engine().match(each)) for each in self.questions]
        works = [self.search] * SEARCHERS + [self.publish, self.look_after]
        self._threads = [threading.Thread(target=self._run, args=[work]) for work in works]

    def begin(self) -> None:
        for thread in self._threads:
            thread.start()

    def end(self) -> None:
        self._over.set()
        for thread in self._threads:
            thread.join()

    def search(self, turn: int) -> None:
        number = turn % len(self.questions)
        try:
            answer = summary(ElasticsearchEngine().match(self.questions[number]))
        except EngineAway:
            answer = summary(own_engine().match(self.questions[number]))
            with self._lock:
                self.journal.fell_back += 1
        with self._lock:
            self.journal.searches += 1
            if answer != self.expected[number]:
                self.journal.wrong.append(WORDS[number])
        self._over.wait(0.02)

    def publish(self, turn: int) -> None:
        object_id, word = FIRST_ID + turn % self.shelf.size, f"правка{turn}"
        self.shelf.edits[object_id] = word
        began = time.monotonic()
        index.update(KIND, [object_id])
        journal = self.journal
        journal.published[object_id] = word
        journal.publications += 1
        journal.slowest_publication = max(journal.slowest_publication, time.monotonic() - began)
        self._over.wait(PUBLISHING)

    def look_after(self, _turn: int) -> None:
        copy_changes.func(timestamp=0)
        self._over.wait(WORKER)

    def _run(self, work) -> None:
        turn = 0
        try:
            while not self._over.is_set():
                try:
                    work(turn)
                except Exception as error:  # noqa: BLE001 - told in the report
                    self.journal.troubles[f"{work.__name__}: {type(error).__name__}: {str(error)[:100]}"] += 1
                    self._over.wait(1)
                turn += 1
        finally:
            connections.close_all()


def question(text: str) -> Question:
    return Question(parse(text + " "), [KIND], [], sort="newest", size=20)


def summary(answer: Matched) -> tuple:
    """All that a page shows of an answer: how many, which in their order, the facets' counts. Of a facet with more
    values than are shown the numbers only: which of equals are the last ones shown, each engine decides for itself."""
    shown = facets([KIND])
    lines = Counter(facet for facet, _value, _count in answer.counts)
    counts = sorted(
        (facet, value if lines[facet] < MAX_FACET_VALUES else "", count)
        for facet, value, count in answer.counts
        if facet in shown
    )
    return answer.total, [one.id for one in answer.candidates], counts


def lost(journal: Journal) -> list[str]:
    """Words that were acknowledged as published and are not found."""
    return [word for word in journal.published.values() if patient_match(question(word)).total != 1]


def patient_match(asked: Question) -> Matched:
    """Its answer, however busy the machine is."""
    for _try in range(TRIES):
        try:
            return ElasticsearchEngine().match(asked)
        except EngineAway:
            forget_trouble()
    return ElasticsearchEngine().match(asked)
