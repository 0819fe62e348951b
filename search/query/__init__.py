"""What was asked, before any engine: a request, and its text understood as clauses."""

from .clauses import Clause, Query
from .parse import parse
from .request import SORTS, SearchRequest

__all__ = ["SORTS", "Clause", "Query", "SearchRequest", "parse"]
