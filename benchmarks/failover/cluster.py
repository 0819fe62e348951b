"""Three nodes on the loopback interface, as one cluster."""

import shutil
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from benchmarks.portal import fail
from imperia import elastic
from imperia.elastic_distribution import ElasticError, fetched

NODES = 3
READY_SECONDS = 240


@contextmanager
def cluster(var_dir: Path, heap: str) -> Iterator[list[elastic.Node]]:
    """Nodes that have found each other; all of them are ended afterwards."""
    if lacking := elastic.why_not():
        fail(lacking)
    ports = tuple(elastic.free_port() for _node in range(NODES))
    nodes = [
        elastic.Node(
            var_dir, name=f"node-{number}", port=elastic.free_port(), transport_port=port, peers=ports, heap=heap
        )
        for number, port in enumerate(ports)
    ]
    try:
        for node in nodes:
            # Of an earlier run, with other ports: it would look for its old cluster.
            shutil.rmtree(node.home, ignore_errors=True)
        try:
            fetched(var_dir)
        except ElasticError as error:
            fail(str(error))
        all_at_once(nodes)
        wait_for(
            lambda: all(elastic.answers(node.url) for node in nodes), READY_SECONDS, "The nodes do not find each other"
        )
        yield nodes
    finally:
        for node in nodes:
            node.kill()


def all_at_once(nodes: list[elastic.Node]) -> None:
    """None of them answers before most of them have met."""
    troubles: list[str] = []

    def start(node: elastic.Node) -> None:
        try:
            node.start()
        except ElasticError as error:
            troubles.append(str(error))

    threads = [threading.Thread(target=start, args=[node]) for node in nodes]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if troubles:
        fail(troubles[0])


def wait_for(happened, patience: float, otherwise: str) -> float:
    """Seconds until it happened; the end with one line where it does not."""
    began = time.monotonic()
    while not happened():
        if time.monotonic() - began > patience:
            fail(f"{otherwise} within {patience:.0f} s.")
        time.sleep(0.2)
    return time.monotonic() - began


def say(what: str) -> None:
    sys.stderr.write(f"\r{what:<70}")
    sys.stderr.flush()
