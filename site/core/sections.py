"""Sections that a page shows of modules which it does not know.

A school's page shows the school's practices, a practice's page its discussion. The lower module
names a place (`schools.school`), the upper one fills it from its `AppConfig.ready()`:

    sections.register("schools.school", practices_of_school)

where the function takes the page and the request and returns a `Section`, or None for nothing to show.
"""

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field

from django.http import HttpRequest
from wagtail.models import Page


@dataclass(frozen=True)
class Section:
    """A titled part of a page: rendered from `template` with `context` by the `sections` tag."""

    title: str
    template: str
    context: dict = field(default_factory=dict)
    anchor: str = ""


Filler = Callable[[Page, HttpRequest], Section | None]
_places: dict[str, list[tuple[int, Filler]]] = defaultdict(list)


def register(place: str, filler: Filler, *, order: int = 100) -> None:
    _places[place].append((order, filler))
    _places[place].sort(key=lambda entry: entry[0])


def sections_of(place: str, page: Page, request: HttpRequest) -> list[Section]:
    """What the modules above have to show at this place, in their order."""
    filled = (filler(page, request) for _order, filler in _places[place])
    return [section for section in filled if section]
