"""The connection: one a process, given up for a moment when nobody answers at its other end."""

import logging
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from urllib.parse import unquote, urlsplit

from django.conf import settings
from elastic_transport import NodeConfig
from elasticsearch import ApiError, Elasticsearch, TransportError

from search.engines.base import EngineAway

logger = logging.getLogger(__name__)
# It tells of every request, and at length of every node passed over; what no node answers we tell ourselves.
logging.getLogger("elastic_transport").setLevel(logging.ERROR)

#: Somebody waits for the answer, and PostgreSQL has one too.
SECONDS = 1
#: So long nobody asks again after no answer.
REST = 10
OUR_FAULT = range(400, 429)
NOT_FOUND = 404

_away_until = 0.0


@contextmanager
def asking(seconds: float = SECONDS) -> Iterator[Elasticsearch]:
    """The client, which waits so long. Whatever keeps it from answering becomes EngineAway."""
    global _away_until  # noqa: PLW0603 - of this process, as the connection is
    if time.monotonic() < _away_until:
        raise EngineAway("it did not answer a moment ago")
    try:
        yield _client(os.getpid(), tuple(settings.ELASTICSEARCH_URL)).options(request_timeout=seconds)
    except TransportError as error:
        _away_until = time.monotonic() + REST
        raise EngineAway(str(error)) from error
    except ApiError as error:
        if error.status_code not in OUR_FAULT:
            _away_until = time.monotonic() + REST
        elif error.status_code != NOT_FOUND:
            logger.error("Elasticsearch refuses a question of ours: %s", str(error)[:500])  # noqa: TRY400 - as much as helps
        raise EngineAway(str(error)) from error


def forget_trouble() -> None:
    """Ask again at once."""
    global _away_until  # noqa: PLW0603
    _away_until = 0.0


@cache
def _client(pid: int, urls: tuple[str, ...]) -> Elasticsearch:
    """A connection is not shared with a forked process."""
    return Elasticsearch(
        [_node(url) for url in urls],
        basic_auth=_credentials(urls[0]),
        # A node that refuses is passed over at once; one that is silent costs the whole second.
        max_retries=len(urls),
        retry_on_timeout=False,
    )


def _node(url: str) -> NodeConfig:
    parts = urlsplit(url)
    port = parts.port or (443 if parts.scheme == "https" else 9200)
    return NodeConfig(
        scheme=parts.scheme,
        host=parts.hostname or "",
        port=port,
        path_prefix=parts.path.rstrip("/"),
        connections_per_node=10,
    )


def _credentials(url: str) -> tuple[str, str] | None:
    parts = urlsplit(url)
    return (unquote(parts.username), unquote(parts.password or "")) if parts.username else None
