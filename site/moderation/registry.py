"""What can be complained about: each module says how its objects are called, found, hidden and shown again."""

from collections.abc import Callable
from dataclasses import dataclass

from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.utils.functional import Promise

from accounts.models import User


class NothingToChange(Exception):  # noqa: N818 - named by what happened
    """The object is hidden, or shown, already; or it is gone, or taken back by its owner."""


@dataclass(frozen=True)
class Complainable:
    """A model whose objects have a complaint button.

    `name` is what one of them is called («practice»), `title` and `url` what leads to it, `owners` whom it is by.
    `hide` and `restore` run inside a transaction; called twice they change nothing the second time. Where they cannot
    do what they are called for, they raise NothingToChange: no line of the log then says that it was done.
    `visible_to` says whether this reader can see the object at all: a stranger must not learn of it by complaining.
    """

    model: type[models.Model]
    name: str | Promise
    title: Callable[[models.Model], str]
    url: Callable[[models.Model], str]
    owners: Callable[[models.Model], list[User]]
    hide: Callable[[models.Model, User], None]
    restore: Callable[[models.Model, User], None]
    visible_to: Callable[[models.Model, User | AnonymousUser], bool]

    @property
    def label(self) -> str:
        """«practices.practicepage»: stands in addresses."""
        return self.model._meta.label_lower


_known: dict[str, Complainable] = {}


def register(complainable: Complainable) -> None:
    """Call it in `AppConfig.ready`; the same model again replaces what was said before."""
    _known[complainable.label] = complainable


def by_label(label: str) -> Complainable | None:
    return _known.get(label.lower())


def of(model: type[models.Model] | models.Model | None) -> Complainable | None:
    """How objects of this model are dealt with; None where nobody registered it."""
    return None if model is None else _known.get(model._meta.label_lower)


def everything() -> list[Complainable]:
    return list(_known.values())
