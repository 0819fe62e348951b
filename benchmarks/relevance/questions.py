"""The two files of a measurement: what is searched, and what people would ask and want of it."""

import json
from collections import Counter
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from pathlib import Path

from benchmarks.corpus import DATA

QUERIES = Path(__file__).with_name("queries.jsonl")
#: Words as they stand, other forms, е for ё, slips, the wrong keyboard layout, jargon, other words altogether, names.
CATEGORIES = ("exact", "inflected", "yo", "typo", "layout", "synonym", "paraphrase", "navigational")
GRADES = (1, 2)
HALVES = ("tuning", "heldout", "all")


class BadFileError(ValueError):
    """A file that cannot be measured by; its text is one line for the person at the terminal."""


@dataclass(frozen=True)
class Question:
    """What is typed, and ids of practices with their grades."""

    text: str
    category: str
    relevant: dict[str, int]


def practices(file: Path | None) -> list[str]:
    """Lines of an import; the demo's without a file."""
    files = [file] if file else sorted(DATA.glob("practices-*.jsonl"))
    return [line for each in files for _number, line in lines(each)]


def ids_of(records: list[str]) -> set[str]:
    """Ids by which queries name practices. Whether the rest of a line is good, the import says."""
    found = set()
    for line in records:
        record = parsed(line)
        if isinstance(record, dict) and "id" in record:
            found.add(str(record["id"]))
    return found


def questions(file: Path, known: Collection[str]) -> list[Question]:
    """Raises BadFileError at the first line that is none, or that names a practice which is not known."""
    found = []
    for number, line in lines(file):
        try:
            found.append(question(parsed(line), known))
        except ValueError as error:
            raise BadFileError(f"{file.name}, line {number}: {error}") from error
    if not found:
        raise BadFileError(f"{file.name} holds no queries")
    return found


def half(asked: list[Question], name: str) -> list[Question]:
    """«tuning»: the first, third, … of each category; «heldout»: the others."""
    seen: Counter[str] = Counter()
    kept = []
    for each in asked:
        if name == "all" or seen[each.category] % 2 == (name == "heldout"):
            kept.append(each)
        seen[each.category] += 1
    return kept


def question(data: object, known: Collection[str]) -> Question:
    if not isinstance(data, dict):
        raise ValueError("this is no JSON object")  # noqa: TRY004 - a wrong file, not a wrong call
    text, category, relevant = data.get("q"), data.get("category"), data.get("relevant")
    if not isinstance(text, str) or not text.strip():
        raise ValueError("“q” must be a text")
    if category not in CATEGORIES:
        raise ValueError(f"unknown category {category!r}, known are {', '.join(CATEGORIES)}")
    if not isinstance(relevant, dict) or not relevant:
        raise ValueError("“relevant” must name practices with their grades")
    if strange := sorted(set(relevant) - set(known)):
        raise ValueError(f"no practice has the id {', '.join(strange)}")
    if any(type(grade) is not int or grade not in GRADES for grade in relevant.values()):
        raise ValueError("a grade is 2 (wanted) or 1 (useful)")
    return Question(text, category, relevant)


def lines(file: Path) -> Iterator[tuple[int, str]]:
    """Numbered lines that hold something."""
    try:
        text = file.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise BadFileError(f"{file} cannot be read: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise BadFileError(f"{file.name} is not in UTF-8") from error
    # Only line feeds end a line: a text may hold other separators.
    for number, line in enumerate(text.split("\n"), 1):
        if line.strip():
            yield number, line


def parsed(line: str) -> object:
    try:
        return json.loads(line)
    except (ValueError, RecursionError):
        return None
