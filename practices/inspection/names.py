"""Names of pupils in a line of text, and lists of a class among lines.

A surname beside a first name is taken for a pupil's, unless it is an author's of the practice, famous (`persons`), an
adult's by its patronymic or by the word before it, a street's or a book's. Beside the word «ученик» or «5 Б» a surname
with an initial is enough, and a patronymic excuses nobody.
"""

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, product

from .morphology import Sense, fold, is_word, senses
from .persons import is_famous
from .roles import ADULT, ADULT_LIST, PLACE, PUPIL

WORD = r"[А-ЯЁ](?:[а-яё]{1,20}|[А-ЯЁ]{1,20})(?:-[А-ЯЁ][а-яёА-ЯЁ]{1,20})?"
INITIAL = r"[А-ЯЁ]\."
#: Two or three words or initials that may be one person.
RUN = re.compile(rf"(?:{WORD}|{INITIAL})(?:[ \xa0]*(?<=[ \xa0.]){WORD}|[ \xa0]?{INITIAL}){{1,2}}")
PART = re.compile(rf"{INITIAL}|{WORD}")

#: «5 Б», «5«Б»», «10-А»: a class with its letter.
CLASS = re.compile(r"(?<![\d.,])(?:[1-9]|1[01])\s?[-«\"“]?\s?[АБВГДЕЖЗИК](?:[»\"”]|(?![\w.]))")
#: A line of a list of books.
BOOK = re.compile(
    r"//|ISBN|\bизд(?:-во|ательство|\.|ание)|\b(?:М|СПб|Л)\.?\s*:|\bПросвещение\b|\b\d{2,4}\s?с\.|—\s*(?:19|20)\d\d|"
    r"\b(?:19|20)\d\d\.\s*[—–-]|учебник|под ред\.|журнал|пособие для",
    re.IGNORECASE,
)
#: Characters before a name in which a word may say who that is.
BEFORE = 28
#: Characters around a name in which a word speaks of a pupil.
NEAR = 45
#: Lines or cells in a row that make a list.
LIST_LENGTH = 5
#: A line of a list holds a name and little more: a number, a mark, a class.
LONGEST_LINE = 70
LIST_LINE = re.compile(
    rf"^\W*(?:\d{{1,2}}\s*[.)]?\s*)?"
    rf"(?P<name>{WORD}[ \xa0]+(?:{WORD}(?:[ \xa0]+{WORD})?|{INITIAL}[ \xa0]?(?:{INITIAL})?))(?P<rest>.*)$"
)


@dataclass(frozen=True)
class Person:
    """A run of words read as one person: dictionary forms of each part that is there."""

    quote: str
    surnames: frozenset[str]
    names: frozenset[str]
    initial: str
    has_patronymic: bool


Own = Collection[frozenset[str]]


def own_names(full_names: Sequence[str]) -> list[frozenset[str]]:
    """The authors' names as dictionary forms, to know them in any case."""
    return [frozenset(form for part in name.split() for form in forms(part)) for name in full_names]


def forms(word: str) -> set[str]:
    return {sense.lemma for sense in senses(word)} | {fold(word)}


def pupils(line: str, own: Own = ()) -> Iterator[str]:
    """The names in this line that look like a pupil's, as they are written."""
    if BOOK.search(line):
        return
    for run in RUN.finditer(line):
        for start, end, person in persons_in(run):
            if is_pupil(person, line, start, end, own):
                yield person.quote


def persons_in(run: re.Match) -> Iterator[tuple[int, int, Person]]:
    """The persons in a run of capitalised words; «Молодец Иванов Петя» begins with a word that is none."""
    parts = list(PART.finditer(run[0]))
    at = 0
    while at < len(parts) - 1:
        for length in (3, 2):
            taken = parts[at : at + length]
            person = person_of([part[0] for part in taken]) if len(taken) == length else None
            if person:
                start, end = run.start() + taken[0].start(), run.start() + taken[-1].end()
                quote = run.string[start:end]
                yield start, end, Person(" ".join(quote.split()), *person)
                at += length
                break
        else:
            at += 1


def person_of(parts: list[str]) -> tuple[frozenset[str], frozenset[str], str, bool] | None:
    """Surnames, names, initial, has a patronymic; None for words that are no person together."""
    initials = [part for part in parts if part.endswith(".")]
    words = [part for part in parts if not part.endswith(".")]
    if initials:
        if len(words) != 1 or (parts[0].endswith(".") and parts[-1].endswith(".")):
            return None
        found = {sense.lemma for sense in senses(words[0]) if sense.role == "Surn"}
        return (frozenset(found), frozenset(), fold(initials[0][0]), False) if found else None
    for reading in product(*(senses(word.title() if word.isupper() else word) for word in words)):
        if agree(reading):
            by_role = {sense.role: sense.lemma for sense in reading}
            return (
                frozenset({by_role["Surn"]} if "Surn" in by_role else ()),
                frozenset({by_role["Name"]}),
                by_role["Name"][0],
                "Patr" in by_role,
            )
    return None


def agree(reading: tuple[Sense, ...]) -> bool:
    """A first name with a surname or patronymic, each once, in one case and of one gender."""
    roles = [sense.role for sense in reading]
    if "Name" not in roles or len(set(roles)) != len(roles):
        return False
    cases = {sense.case for sense in reading if sense.case}
    genders = {sense.gender for sense in reading if sense.gender}
    return len(cases) <= 1 and len(genders) <= 1


def is_pupil(person: Person, line: str, start: int, end: int, own: Own) -> bool:
    if is_own(person, own) or PLACE.search(words_before(line, start)):
        return False
    near = line[max(0, start - NEAR) : start] + " " + line[end : end + NEAR]
    is_near_pupil = bool(PUPIL.search(near) or CLASS.search(near))
    if is_famous(set(person.surnames), set(person.names), "" if person.names else person.initial):
        return False
    if not person.surnames:
        return False
    if is_near_pupil and not ADULT.search(words_before(line, start)):
        return True
    if person.has_patronymic or not person.names:
        return False
    after = line[end : end + BEFORE]
    return not (
        ADULT.search(words_before(line, start)) or (after[:3].strip(" ")[:1] in {*",(—–-"} and ADULT.search(after))
    )


def words_before(line: str, start: int) -> str:
    """The two words before a place, of the same sentence."""
    said = re.split(r"[.!?;](?=\s+[А-ЯЁ]\w{2})", line[max(0, start - BEFORE * 2) : start])[-1]
    return " ".join(re.findall(r"[\w.-]+", said)[-2:])


def is_own(person: Person, own: Own) -> bool:
    """Is it an author of the practice? A surname and a name, or their letters."""
    for author in own:
        if person.surnames & author and (
            person.names & author or any(form.startswith(person.initial) for form in author - person.surnames)
        ):
            return True
        if not person.surnames and person.names & author:
            return True
    return False


def class_lists(lines: Sequence[str], own: Own = ()) -> Iterator[list[str]]:
    """Names of lists: five neighbouring lines or more, each a surname and a name with little beside them."""
    for is_list, group in groupby(enumerate(lines), key=lambda entry: bool(listed_name(entry[1]))):
        if not is_list:
            continue
        numbered = list(group)
        names = [listed_name(line) for _number, line in numbered]
        before = lines[numbered[0][0] - 1] if numbered[0][0] else ""
        strangers = [name for name in names if not is_known(name, own)]
        if len(names) >= LIST_LENGTH and len(strangers) * 2 > len(names) and not ADULT_LIST.search(before):
            yield strangers


def listed_name(line: str) -> str:
    """The name that a line of a list is made of; empty for any other line."""
    found = LIST_LINE.match(line) if len(line) <= LONGEST_LINE else None
    if not found or BOOK.search(line) or ADULT.match(found["rest"].strip(" ,–—-(")):
        return ""
    if re.search(r"[а-яё]{3,}.*[а-яё]{3,}.*[а-яё]{3,}", found["rest"]):
        return ""
    parts = PART.findall(found["name"])
    if person_of(parts):
        return " ".join(found["name"].split())
    # A surname that no dictionary has, beside a name that it has.
    has_name = any(sense.role == "Name" for part in parts if not part.endswith(".") for sense in senses(part))
    return " ".join(found["name"].split()) if has_name and not any(is_word(part) for part in parts[:1]) else ""


def is_known(name: str, own: Own) -> bool:
    person = person_of(PART.findall(name))
    if not person:
        return False
    surnames, names, initial, has_patronymic = person
    known = Person(name, surnames, names, initial, has_patronymic)
    return is_own(known, own) or is_famous(set(surnames), set(names), "" if names else initial)
