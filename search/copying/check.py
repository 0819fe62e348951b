"""Whether the copy says what the rows say."""

from collections.abc import Iterator
from typing import Literal, NamedTuple

from search.engines.elasticsearch import names
from search.engines.elasticsearch.client import asking
from search.engines.elasticsearch.documents import documents_of

from . import copier

#: Documents of the copy read at once.
PAGE = 5_000
TIMEOUT = 30


class CopyDifference(NamedTuple):
    """A row that the copy lacks, has though it is gone, or has as it once was."""

    what: Literal["missing", "extra", "stale"]
    row_id: int


def differences() -> Iterator[CopyDifference]:
    """All differences, once what waits is copied. Raises EngineAway and WholeCopyNeeded."""
    copier.copy_changes()
    copied = _copied()
    after = 0
    while row_ids := copier.rows_after(after):
        for row_id, document in sorted(documents_of(row_ids).items()):
            digest = copied.pop(row_id, None)
            if digest != document["digest"]:
                yield CopyDifference("missing" if digest is None else "stale", row_id)
        after = row_ids[-1]
    for row_id in sorted(copied):
        yield CopyDifference("extra", row_id)


def _copied() -> dict[int, str]:
    """Row id -> digest of what the copy holds."""
    found: dict[int, str] = {}
    after = None
    with asking(TIMEOUT) as client:
        if names.in_use() not in names.known(client):
            raise copier.WholeCopyNeeded
        client.indices.refresh(index=names.in_use())
        while True:
            hits = client.search(
                index=names.in_use(), size=PAGE, sort=[{"row": "asc"}], stored_fields="_none_",
                docvalue_fields=["digest"], track_total_hits=False, allow_partial_search_results=False,
                **({"search_after": after} if after else {}),
            )["hits"]["hits"]  # fmt: skip
            if not hits:
                return found
            found |= {hit["sort"][0]: hit["fields"]["digest"][0] for hit in hits}
            after = hits[-1]["sort"]
