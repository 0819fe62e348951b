"""Grades in words."""

from collections.abc import Iterable
from itertools import groupby

from django.utils.translation import ngettext


def ranges(grades: Iterable[int]) -> list[tuple[int, int]]:
    """Neighbours joined: 5, 6, 7, 9 → (5, 7), (9, 9)."""
    ordered = sorted(set(grades))
    runs = groupby(enumerate(ordered), key=lambda entry: entry[1] - entry[0])
    return [(run[0][1], run[-1][1]) for run in (list(group) for _key, group in runs)]


def grades_label(grades: Iterable[int]) -> str:
    """«5–7, 9 классы», «3 класс», or nothing."""
    grades = list(grades)
    if not grades:
        return ""
    parts = [f"{first}–{last}" if last > first else str(first) for first, last in ranges(grades)]
    return ngettext("grade %(grades)s", "grades %(grades)s", len(grades)) % {"grades": ", ".join(parts)}
