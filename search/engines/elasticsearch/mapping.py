"""How documents lie in Elasticsearch: our own terms, matched as they are; the server analyses nothing.

- `terms`: every lexeme of the row's tsvector, marks (`^`, `#`) and facet values (`=`) too: whether a word is there.
- `graded`: the same words with what they are worth there (`grades`), from 1 (in the text) to 7 (again and again in
  the title): how well it is there, bounded, with no statistics of the server's own.
- `place_0` … `place_3`: the words of each place of the text, one a stream, so that phrases can be matched exactly.
  Elasticsearch cannot be given two words at one place without an analysis of its own.
- `forms`: the very forms, one a place.
- `facet.<name>`: numbers of values (`SearchFacetValue.id`).
- `access`, `access_count`: a viewer must hold all of them.
- `row`, `moment` (microseconds since 1970), `popularity`, `fame`: orders and quality.
- `digest`: of all the others, by which `check_index` compares.

The source is not stored: what is shown is read from PostgreSQL.
"""

from search.models.meaning import DIMENSIONS

#: Words at one place: a stem, a lemma, and both again of a hyphenated word written as one.
STREAMS = 4
PLACES = [f"place_{number}" for number in range(STREAMS)]

KEYWORD = {"type": "keyword", "doc_values": False}
PLACED = {"type": "text", "analyzer": "whitespace", "norms": False}

MAPPINGS = {
    "dynamic": "strict",
    "_source": {"enabled": False},
    "dynamic_templates": [{"facets": {"path_match": "facet.*", "mapping": {"type": "integer"}}}],
    "properties": {
        "row": {"type": "long"},
        "kind": {"type": "keyword"},
        "access": KEYWORD,
        "access_count": {"type": "integer"},
        "moment": {"type": "long"},
        "date": {"type": "date"},
        "popularity": {"type": "integer"},
        "fame": {"type": "float", "index": False},
        "facet": {"type": "object", "dynamic": True},
        "terms": KEYWORD,
        "graded": KEYWORD,
        **dict.fromkeys(PLACES, PLACED),
        "forms": PLACED,
        "embedding": {
            "type": "dense_vector",
            "dims": DIMENSIONS,
            "similarity": "cosine",
            "index": True,
            "index_options": {"type": "int8_hnsw", "m": 16, "ef_construction": 100},
        },
        "digest": {"type": "keyword", "index": False},
    },
}

#: Once nothing more is filled in.
IN_USE = {"refresh_interval": "1s"}


def settings_of(*, replicas: int) -> dict:
    """Of an index that is being filled. One shard holds a city's bank many times over, and its counts are exact."""
    return {
        "number_of_shards": 1,
        "number_of_replicas": replicas,
        "refresh_interval": "-1",
        # A deletion is remembered so long: a late write of the same row is refused.
        "gc_deletes": "10m",
        "mapping.total_fields.limit": 200,
    }
