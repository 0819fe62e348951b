"""The same index on Elasticsearch, for one measurement: on the server that is named, else on one started for it.

Import it after `django.setup()`.
"""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from secrets import token_hex

from django.conf import settings
from django.test import override_settings

from imperia import elastic
from search.engines import Engine


@contextmanager
def elasticsearch(var_dir: Path, url: str) -> Iterator[Engine | None]:
    """The engine on a copy of this database's index, gone afterwards; None, and a line why, where there is no server.

    A named server keeps what it has: the copy has a name of its own.
    """
    node = None
    if not url:
        if lacking := elastic.why_not():
            sys.stderr.write(f"Without Elasticsearch: {lacking}\n")
            yield None
            return
        node = elastic.Node(var_dir, port=elastic.free_port())
        try:
            node.start()
        except elastic.ElasticError as error:
            sys.stderr.write(f"Without Elasticsearch: {error}\n")
            yield None
            return
    try:
        with override_settings(
            ELASTICSEARCH_URL=url.split(",") if url else [node.url],
            ELASTICSEARCH_INDEX=f"imperia-relevance-{token_hex(4)}",
            ELASTICSEARCH_REPLICAS=0,
        ):
            yield from copy()
    finally:
        if node:
            node.stop()


def copy() -> Iterator[Engine]:
    from search.copying.whole import copy_whole  # noqa: PLC0415 - its client is an extra
    from search.engines.elasticsearch import ElasticsearchEngine  # noqa: PLC0415
    from search.engines.elasticsearch.client import asking, forget_trouble  # noqa: PLC0415

    copy_whole()
    try:
        yield ElasticsearchEngine()
    finally:
        forget_trouble()
        with asking(seconds=30) as client:
            for index in client.indices.get_alias(name=f"{settings.ELASTICSEARCH_INDEX}-*"):
                client.indices.delete(index=index)
