"""Ten authors who write, upload and submit, and experts who read: each a thread with a browser, until told to stop."""

import hashlib
import json
import random
import re
import threading
import traceback
import uuid

from benchmarks.kills.content import PASSWORD
from benchmarks.kills.journal import Journal
from benchmarks.kills.person import Answer, Form, Person, first

JSON = {"Accept": "application/json"}
SAVES = 4
OK, CONFLICT, UNPROCESSABLE = 200, 409, 422
WORDS = [
    *("карта", "маршрут", "берег", "вершина", "долина", "прилив", "компас", "масштаб", "горизонт", "течение", "пролив"),
    *("мыс", "отлив", "шторм", "маяк", "причал", "лоция", "глубина", "румб", "азимут", "широта", "долгота", "облако"),
    *("ветер", "осадки", "климат", "почва", "тайга", "сопка", "перевал", "исток", "устье", "пойма", "бухта", "гавань"),
]


class Member(threading.Thread):
    """Works in rounds until `over`; a fault in its own reasoning is a surprise, and it goes on."""

    def __init__(self, base: str, email: str, journal: Journal, over: threading.Event):
        super().__init__(name=email, daemon=True)
        self.person = Person(base)
        self.email = email
        self.journal = journal
        self.over = over
        self.dice = random.Random(email)

    def run(self) -> None:
        self.person.sign_in(self.email, PASSWORD)
        while not self.over.is_set():
            try:
                self.work()
            except Exception:  # noqa: BLE001 - whatever it was, it is reported and the others go on
                self.journal.surprised(f"{self.email}: {traceback.format_exc(limit=3)[-600:]}")
                self.over.wait(1)
        self.journal.retries += self.person.retries

    def work(self) -> None:
        raise NotImplementedError

    def text(self, number: int) -> str:
        return " ".join(self.dice.choices(WORDS, k=number))


class Author(Member):
    """Begins a practice, saves it as it grows, adds a file, hands it over."""

    def work(self) -> None:
        empty = self.person.get("/practices/write/").form("origin")
        block = str(uuid.uuid4())
        problem = f"Метка {uuid.uuid4().hex}."
        subject = first(r'name="subjects" value="(\d+)"', self.person.get("/practices/write/").text)
        form = empty.put(
            **{
                "title": f"Маршрут: {self.text(5)}",
                "summary": self.text(12),
                "kind": "lesson",
                "subjects": subject,
                "problem": f"<p>{problem}</p>",
                "results": f"<p>{self.text(20)}</p>",
                "card": block,
                f"card-{block}-type": "prose",
                f"card-{block}-text": f"<p>{self.text(60)}</p>",
                "do": "save",
            }
        )
        self.journal.begin()
        saved = json.loads(self.expect(self.person.send(form, **JSON), OK).text)
        practice = int(first(r"/practices/(\d+)/", saved["url"]))
        self.journal.saved(practice, problem)
        problem = self.grow(practice, form, saved["version"], problem)
        self.upload(practice)
        self.submit(practice)

    def grow(self, practice: int, form: Form, version: int, problem: str) -> str:
        """Autosaves: each text begins with the one before it."""
        form = Form(f"{self.person.base}/practices/{practice}/", form.fields)
        for _save in range(SAVES):
            problem = f"{problem} {self.text(3)}"
            form = form.put(problem=f"<p>{problem}</p>", version=str(version))
            version = json.loads(self.expect(self.person.send(form, **JSON), OK).text)["version"]
            self.journal.saved(practice, problem)
            self.over.wait(self.dice.random() / 4)
        return problem

    def upload(self, practice: int) -> None:
        """A file by the form's own field, as without scripts: stored and in its place at once."""
        content = f"{uuid.uuid4().hex} {self.text(200)}".encode()
        form = self.person.get(f"/practices/{practice}/").form("whole").put(do="save")
        answer = self.person.send(form, {"material-files": ("маршрут.txt", content)})
        if answer.status == CONFLICT:
            # The try that nobody answered was done all the same: the page says so, and what it shows is looked at.
            answer = self.person.get(f"/practices/{practice}/")
        self.expect(answer, OK)
        if not re.search(r'name="material" value="\d+"', self.person.get(f"/practices/{practice}/").text):
            self.journal.surprised(f"{self.email}: practice {practice} has no file after an upload")
            return
        self.journal.stored(practice, hashlib.sha256(content).hexdigest())

    def submit(self, practice: int) -> None:
        page = self.person.get(f"/practices/{practice}/submit/")
        for key in re.findall(r'value="(seen:[^"]+)"', page.text):
            page = self.person.send(page.form("csrfmiddlewaretoken").put(do=key))
        if "submitted" not in page.url:
            form = page.form("csrfmiddlewaretoken")
            for each in ("rights", "pupils", "consent"):
                if f'name="{each}"' in page.text:
                    form = form.put(**{each: "on"})
            page = self.person.send(Form(f"{self.person.base}/practices/{practice}/submit/", form.fields))
        self.expect(page, OK)
        self.journal.submitted.add(practice)

    def expect(self, answer: Answer, status: int) -> Answer:
        if answer.status != status:
            raise AssertionError(f"{answer.url} answers {answer.status}: {answer.text[:300]}")
        return answer


class Expert(Member):
    """Reads whatever waits, half of it after a save, and accepts."""

    def work(self) -> None:
        waiting = re.findall(r'href="/reviews/(\d+)/"', self.person.get("/reviews/").text)
        for review in dict.fromkeys(map(int, waiting)):
            if self.over.is_set():
                return
            if review not in self.journal.verdicts:
                self.read(review)
        self.over.wait(0.5)

    def read(self, review: int) -> None:
        page = self.person.get(f"/reviews/{review}/")
        try:
            form = page.form("version")
        except LookupError:
            return
        points = dict.fromkeys(re.findall(r'name="(points-\d+)"', page.text), "3")
        filled = form.put(verdict="accept", text=f"Принимаю. {self.text(6)}", action="finish", **points)
        answer = self.person.send(Form(f"{self.person.base}/reviews/{review}/", filled.fields))
        if answer.status == OK and (answer.url.endswith("/reviews/") or "version" not in answer.text):
            self.journal.verdicts.add(review)
        elif answer.status not in {OK, CONFLICT, UNPROCESSABLE}:
            self.journal.surprised(f"{self.email}: review {review} answers {answer.status}")
