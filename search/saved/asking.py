"""A question on its way from a page of results to being saved: through a form, and through signing in."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from django.core import signing
from django.http import QueryDict

from search.indexing.facet_values import MAX_VALUE
from search.query.parse import MAX_LETTERS

SALT = "search.saved"
#: Facets and values in a form of ours are far fewer.
MOST_VALUES = 100
#: Of the page to go back to; a longer one is left out.
MAX_BACK = 4_000


class Question(NamedTuple):
    """What a form brought, unchecked: `services.asked` takes nothing of it on trust."""

    text: str
    kind: str
    filters: Mapping[str, Sequence[str]]
    #: The page to go back to.
    back: str


def from_form(form: QueryDict) -> Question:
    """Of the fields that `search/saved/_save.html` draws; a filter is «facet=value»."""
    filters: dict[str, list[str]] = {}
    for pair in form.getlist("filter")[:MOST_VALUES]:
        name, _equals, value = pair.partition("=")
        filters.setdefault(name[:MAX_VALUE], []).append(value[:MAX_VALUE])
    # It may have to go through an address: nothing is longer than a form of ours makes it.
    back = form.get("back", "")
    kind = form.get("kind", "")[:MAX_VALUE]
    return Question(form.get("text", "")[:MAX_LETTERS], kind, filters, back if len(back) <= MAX_BACK else "")


def packed(question: Question) -> str:
    """For an address: percent-encoded twice, on the way through signing in, Cyrillic would outgrow a line of HTTP."""
    return signing.dumps(question, salt=SALT, compress=True)


def unpacked(text: str) -> Question:
    """What `packed` has made.

    Raises:
        django.core.signing.BadSignature: it was not made here, or was spoilt on its way.
    """
    return Question(*signing.loads(text, salt=SALT))
