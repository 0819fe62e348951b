"""The index (`index`, `meaning`), what people teach it (`synonyms`) and leave with it (`saved`, `journal`)."""

from .index import (
    CurrentTransactionId,
    SearchChange,
    SearchCopyChange,
    SearchDocument,
    SearchFacetValue,
    SearchPassage,
    SearchWord,
    SearchWordChange,
    TransactionId,
)
from .journal import QueryMiss
from .meaning import SearchMeaning
from .saved import SavedSearch
from .synonyms import SynonymGroup

__all__ = [
    "CurrentTransactionId",
    "QueryMiss",
    "SavedSearch",
    "SearchChange",
    "SearchCopyChange",
    "SearchDocument",
    "SearchFacetValue",
    "SearchMeaning",
    "SearchPassage",
    "SearchWord",
    "SearchWordChange",
    "SynonymGroup",
    "TransactionId",
]
