"""What papers there are: each module says which ones it gives and what they attest."""

from dataclasses import dataclass

from django.utils.functional import Promise


@dataclass(frozen=True)
class Kind:
    """A kind of paper.

    `title` stands at its head («Свидетельство о публикации»); `statement` between the person and the title of what
    was done, so it goes on from a name and leads to a title, of no gender: «автор практики, которая прошла
    рецензирование и опубликована в банке практик». Both are resolved in the reader's language, on paper in Russian.
    """

    code: str
    title: str | Promise
    statement: str | Promise


class UnknownKind(LookupError):  # noqa: N818 - named by what happened
    """No module has registered a kind of paper by this code."""


_kinds: dict[str, Kind] = {}


def register(kind: Kind) -> None:
    """Call it in `AppConfig.ready`; the same code again replaces the kind."""
    _kinds[kind.code] = kind


def kind_of(code: str) -> Kind:
    """
    Raises:
        UnknownKind: nobody registered it.
    """
    try:
        return _kinds[code]
    except KeyError as error:
        raise UnknownKind(code) from error
