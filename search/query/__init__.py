"""What was asked, before any engine: a request, and its text understood as clauses."""

from .clauses import Clause, Query, Reading, Understood
from .parse import parse
from .request import SORTS, SearchRequest

__all__ = ["SORTS", "Clause", "Query", "Reading", "SearchRequest", "Understood", "parse"]
