"""Engines that answer search requests: one interface, one suite of contract tests (`tests/search`)."""

from functools import cache

from .base import MAX_SIZE, AttachmentHit, Engine, Hit, Results

__all__ = ["MAX_SIZE", "AttachmentHit", "Engine", "Hit", "Results", "engine"]


@cache
def engine() -> Engine:
    """The engine of this portal."""
    from .postgres import PostgresEngine  # noqa: PLC0415 - an engine's module builds on this one

    return PostgresEngine()
