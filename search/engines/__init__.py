"""Engines that find rows: one interface (`base`), one suite of contract tests (`tests/search/test_engine_*`)."""

from functools import cache

from .base import MAX_SIZE, Candidate, Engine, EngineAway, Matched, Question

__all__ = ["MAX_SIZE", "Candidate", "Engine", "EngineAway", "Matched", "Question", "engine", "own_engine"]


def engine() -> Engine:
    """The engine of this portal: Elasticsearch where there is one, else the portal's own PostgreSQL."""
    from django.conf import settings  # noqa: PLC0415

    return _elasticsearch() if getattr(settings, "ELASTICSEARCH_URL", "") else own_engine()


@cache
def own_engine() -> Engine:
    """PostgreSQL, which always has the whole index."""
    from .postgres import PostgresEngine  # noqa: PLC0415 - an engine's module builds on this one

    return PostgresEngine()


@cache
def _elasticsearch() -> Engine:
    from .elasticsearch import ElasticsearchEngine  # noqa: PLC0415 - its client is an extra

    return ElasticsearchEngine()
