"""Search in the portal's own PostgreSQL: one tsvector a document, one statement a page of results."""

from .engine import PostgresEngine

__all__ = ["PostgresEngine"]
