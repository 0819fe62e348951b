"""A node of three is killed while people search and publish: `python -m benchmarks.failover [--size 3000] [--json]`.

Three nodes with an index and its replica answer on the loopback interface. The node that holds the primary is ended
with SIGKILL, and started again some seconds later. Every answer is compared with PostgreSQL's, every publication
acknowledged is looked for afterwards, and copy and rows are compared whole. The exit code is 1 if anything is wrong.
"""

import argparse
import json
import os
import shutil
import sys
import tempfile
import time
import urllib.request
from pathlib import Path

from benchmarks.corpus_words import Corpus
from benchmarks.failover.cluster import cluster, say, wait_for
from benchmarks.portal import database
from imperia import elastic

#: Seconds of work before the kill, without the node, and after all is green again.
BEFORE, WITHOUT, AFTER = 10, 20, 10
GREEN_SECONDS = 240


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.failover", description=__doc__.splitlines()[0])
    parser.add_argument("--size", type=int, default=3_000, metavar="N", help="documents (3000)")
    parser.add_argument("--heap", default="320m", help="of each node (320m)")
    parser.add_argument("--var", type=Path, help="where nodes and database live; without it, thrown away at the end")
    parser.add_argument("--json", action="store_true", help="print JSON")
    options = parser.parse_args()
    var_dir = options.var or Path(tempfile.mkdtemp(prefix="imperia-failover-"))
    var_dir.mkdir(parents=True, exist_ok=True)
    var_dir.chmod(0o711)
    try:
        report = measure(var_dir, options.size, options.heap)
    finally:
        if not options.var:
            shutil.rmtree(var_dir, ignore_errors=True)
    if options.json:
        print(json.dumps(report, ensure_ascii=False, indent=2))
    else:
        for name, value in report.items():
            print(f"{name.replace('_', ' '):<34} {value}")
    sys.exit(1 if report["wrong_answers"] or report["lost"] or report["differences"] else 0)


def measure(var_dir: Path, size: int, heap: str) -> dict:
    say(f"three nodes of {heap}")
    with cluster(var_dir, heap) as nodes:
        os.environ["ELASTICSEARCH_URL"] = ",".join(node.url for node in nodes)
        # The benchmarks' own environment leaves out the shell's, not ours.
        with database(var_dir):
            from benchmarks.failover.work import LiveShelf, Work, lost  # noqa: PLC0415 - after django.setup()
            from search.copying import check, whole  # noqa: PLC0415

            shelf = LiveShelf(Corpus(seed=4), size)
            fill(shelf)
            say("the copy")
            began = time.monotonic()
            whole.copy_whole()
            copied_in = time.monotonic() - began
            green(nodes[0].url)
            figures = sizes(nodes[0].url, size)
            work = Work(shelf)
            work.begin()
            time.sleep(BEFORE)
            victim = holder(nodes)
            say(f"{victim.name} is killed")
            killed = time.monotonic()
            victim.kill()
            searches, fell_back = work.journal.searches, work.journal.fell_back
            time.sleep(WITHOUT)
            without = work.journal.searches - searches, work.journal.fell_back - fell_back
            say(f"{victim.name} is started again")
            started = time.monotonic()
            victim.start()
            green(next(node for node in nodes if node is not victim).url)
            now = time.monotonic()
            time.sleep(AFTER)
            work.end()
            say("comparing")
            settle()
            journal = work.journal
            return {
                "documents": size,
                "heap_of_a_node": heap,
                "searches": journal.searches,
                "wrong_answers": len(journal.wrong),
                "answered_by_PostgreSQL": journal.fell_back,
                "searches_without_the_node": without[0],
                "of_them_answered_by_PostgreSQL": without[1],
                "publications_acknowledged": journal.publications,
                "slowest_publication_s": round(journal.slowest_publication, 2),
                "lost": len(lost(journal)),
                "differences": len(list(check.differences())),
                "troubles": dict(journal.troubles),
                "green_s_after_the_kill": round(now - killed, 1),
                "green_s_after_the_start": round(now - started, 1),
                "whole_copy_s": round(copied_in, 1),
                **figures,
                "load": [round(each, 1) for each in os.getloadavg()],
            }


def fill(shelf) -> None:
    from django.core.management import call_command  # noqa: PLC0415 - after django.setup()

    from search.indexing.rebuild import rebuild  # noqa: PLC0415
    from search.models import SearchDocument  # noqa: PLC0415

    call_command("migrate", interactive=False, verbosity=0)
    shelf.register()
    if SearchDocument.objects.count() != shelf.size:
        say(f"{shelf.size} documents")
        rebuild()
        scatter_meanings()


def scatter_meanings() -> None:
    """Embeddings of nothing: as many and as large as real ones."""
    import numpy as np  # noqa: PLC0415 - an extra
    from django.db import connection  # noqa: PLC0415 - after django.setup()

    from search.models import SearchDocument  # noqa: PLC0415
    from search.models.meaning import DIMENSIONS  # noqa: PLC0415

    row_ids = list(SearchDocument.objects.values_list("pk", flat=True))
    vectors = np.random.default_rng(4).standard_normal((len(row_ids), DIMENSIONS)).round(4)
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO search_searchmeaning (document_id, gist_hash, embedding)"
            " SELECT id, '', embedding::halfvec FROM unnest(%s::bigint[], %s::text[]) AS new (id, embedding)",
            [row_ids, [str(vector) for vector in vectors.tolist()]],
        )


def settle() -> None:
    """The worker's next looks."""
    from search.copying.tasks import copy_changes  # noqa: PLC0415 - after django.setup()
    from search.models import SearchCopyChange  # noqa: PLC0415

    def copied() -> bool:
        copy_changes.func(timestamp=0)
        return not SearchCopyChange.objects.exists()

    wait_for(copied, 120, "The copy does not catch up")
    time.sleep(2)


def ask(url: str, path: str):
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    with opener.open(f"{url}{path}", timeout=10) as response:
        return json.load(response)


def green(url: str) -> None:
    def is_green() -> bool:
        try:
            health = ask(url, "/_cluster/health?timeout=1s")
        except OSError:
            return False
        return health["status"] == "green" and health["number_of_nodes"] == 3

    wait_for(is_green, GREEN_SECONDS, "The cluster does not become green")


def holder(nodes: list[elastic.Node]) -> elastic.Node:
    """The node with the primary of the copy."""
    shards = ask(nodes[0].url, "/_cat/shards?format=json")
    name = next(shard["node"] for shard in shards if shard["prirep"] == "p")
    return next(node for node in nodes if node.name == name)


def sizes(url: str, size: int) -> dict:
    (index,) = ask(url, "/_cat/indices?format=json&bytes=b")
    heaps = ask(url, "/_cat/nodes?format=json&h=name,heap.current,heap.percent")
    return {
        "disk_MB_per_1000_documents": round(int(index["pri.store.size"]) / 1e6 / size * 1000, 2),
        "heap_in_use": ", ".join(sorted(f"{node['heap.current']} ({node['heap.percent']} %)" for node in heaps)),
    }


if __name__ == "__main__":
    main()
