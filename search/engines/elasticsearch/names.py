"""How indexes are called: `<prefix>-<version>-<when>`, found by two aliases and never by their own names."""

import re
from datetime import UTC, datetime
from secrets import token_hex

from django.conf import settings
from elasticsearch import Elasticsearch

#: Grows when the mapping changes: a copy of another version is not asked.
VERSION = 1


def in_use() -> str:
    """The alias of the copy that answers."""
    return f"{settings.ELASTICSEARCH_INDEX}-{VERSION}"


def in_the_making() -> str:
    """The alias of the copy that is being made."""
    return f"{in_use()}-next"


def new() -> str:
    return f"{in_use()}-{datetime.now(UTC):%Y%m%d%H%M%S}-{token_hex(3)}"


def known(client: Elasticsearch) -> list[str]:
    """Which of the two aliases there are."""
    aliases = {alias for held in _aliases(client).values() for alias in held}
    return [alias for alias in (in_use(), in_the_making()) if alias in aliases]


def in_the_way(client: Elasticsearch) -> list[str]:
    """Indexes that a new copy makes needless: of this and of earlier versions, ready or not."""
    ours = re.compile(rf"{re.escape(settings.ELASTICSEARCH_INDEX)}-(\d+)(-next)?")
    return [
        index
        for index, held in _aliases(client).items()
        if any((found := ours.fullmatch(alias)) and int(found[1]) <= VERSION for alias in held)
    ]


def left_over(client: Elasticsearch) -> list[str]:
    """Indexes whose making was broken off."""
    return [index for index, held in _aliases(client).items() if in_the_making() in held]


def _aliases(client: Elasticsearch) -> dict[str, set[str]]:
    # By a wildcard, an alias that is not there is no error.
    found = client.indices.get_alias(name=f"{settings.ELASTICSEARCH_INDEX}-*")
    return {index: set(held["aliases"]) for index, held in found.body.items()}
