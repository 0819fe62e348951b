import os
from collections.abc import Callable, Iterator

import pytest
from django.conf import settings
from django.test import override_settings

from imperia import elastic
from search import registry
from search.finding import find
from search.models import SearchCopyChange
from search.query import SearchRequest
from tests.factories.search import Shelf

CONTRACT = "test_engine_"


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """The contract's tests run over every engine; those on Elasticsearch in one process, which has its node."""
    if metafunc.module.__name__.rpartition(".")[2].startswith(CONTRACT) and "engine_name" in metafunc.fixturenames:
        on_a_node = pytest.param("elasticsearch", marks=pytest.mark.xdist_group("elasticsearch"))
        metafunc.parametrize("engine_name", ["postgres", on_a_node], indirect=True)


@pytest.fixture
def engine_name(request) -> str:
    """The engine that answers in this test."""
    name = getattr(request, "param", "postgres")
    if name == "elasticsearch":
        request.getfixturevalue("elasticsearch")
    return name


@pytest.fixture
def shelf(request, engine_name):
    """The only module there is: things on a shelf."""
    others = registry.sources()
    for source in others:
        registry.unregister(source.kind)
    shelf = CopiedShelf(request.getfixturevalue("elasticsearch")) if engine_name == "elasticsearch" else Shelf()
    registry.register(shelf.source)
    yield shelf
    registry.unregister(shelf.kind)
    for source in others:
        registry.register(source)


@pytest.fixture
def search(engine_name):
    """Asks as the portal does: every test of the contract that uses it is one of all engines."""

    def ask(text="", **fields):
        results = find(SearchRequest(text=text, **fields))
        assert not results.simplified, f"{engine_name} did not answer"
        return results

    return ask


@pytest.fixture
def found(search):
    """Ids of the objects found, in their order; without those that only come near."""
    return lambda text="", **fields: [hit.object_id for hit in search(text, **fields).hits if not hit.by_meaning]


@pytest.fixture(scope="session")
def elasticsearch_node() -> Iterator[elastic.Node]:
    """A server of the tests' own, one a run; without Java or Maven its tests are left out, in CI they fail."""
    if lacking := elastic.why_not():
        pytest.fail(lacking) if os.environ.get("CI") == "true" else pytest.skip(lacking)
    # Compiled lightly: it starts in half the time, and nothing is measured here.
    node = elastic.Node(settings.VAR_DIR, port=elastic.free_port(), java_options=("-XX:TieredStopAtLevel=1",))
    started = node.start()
    yield node
    if started:
        node.stop()


@pytest.fixture(scope="session")
def copy_on_node(elasticsearch_node) -> "Copy":
    return Copy(elasticsearch_node.running_url())


@pytest.fixture
def elasticsearch(copy_on_node) -> Iterator["Copy"]:
    """The copy on the tests' node, empty and in use. Tests roll back, so nothing is copied by itself."""
    from search.engines.elasticsearch import client  # noqa: PLC0415 - an extra

    prefix = f"test-{os.environ.get('PYTEST_XDIST_WORKER', 'main')}"
    with override_settings(ELASTICSEARCH_URL=[copy_on_node.url], ELASTICSEARCH_INDEX=prefix):
        client.forget_trouble()
        copy_on_node.make_empty()
        yield copy_on_node
        client.forget_trouble()


class Copy:
    """What a test does to the copy that the portal does by itself, in time."""

    def __init__(self, url: str) -> None:
        self.url = url
        #: Rows that it may hold; None: nobody knows.
        self.rows: set[int] | None = None

    def make_empty(self) -> None:
        """One index serves a whole run: making one takes longer than emptying it."""
        from search.engines.elasticsearch import mapping, names  # noqa: PLC0415 - an extra

        with self.client() as client:
            if self.rows is None:
                for index in names.in_the_way(client):
                    client.indices.delete(index=index)
                client.indices.create(
                    index=names.new(),
                    mappings=mapping.MAPPINGS,
                    settings=mapping.settings_of(replicas=0),
                    aliases={names.in_use(): {}},
                )
            elif self.rows:
                client.bulk(
                    operations=[{"delete": {"_index": names.in_use(), "_id": str(row)}} for row in self.rows],
                    refresh=True,
                )
        self.rows = set()

    def catch_up(self) -> None:
        """Copy what has changed and make it visible."""
        from search.copying import copier  # noqa: PLC0415 - an extra

        if self.rows is not None:
            self.rows |= set(SearchCopyChange.objects.values_list("document_id", flat=True))
        copier.copy_changes()
        self.refresh()

    def refresh(self) -> None:
        from search.engines.elasticsearch import names  # noqa: PLC0415 - an extra

        with self.client() as client:
            client.indices.refresh(index=names.in_use())

    @staticmethod
    def client():
        from search.engines.elasticsearch.client import asking  # noqa: PLC0415 - an extra

        return asking(30)


class CopiedShelf(Shelf):
    """A shelf whose changes have reached Elasticsearch."""

    def __init__(self, copy: Copy) -> None:
        super().__init__()
        self._catch_up: Callable[[], None] = copy.catch_up

    def put(self, *documents) -> None:
        super().put(*documents)
        self._catch_up()

    def take_away(self, *ids: int) -> None:
        super().take_away(*ids)
        self._catch_up()
