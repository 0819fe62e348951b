"""Search in a copy of the index on Elasticsearch: the same terms, the same rules, more than one machine."""

from .engine import ElasticsearchEngine

__all__ = ["ElasticsearchEngine"]
