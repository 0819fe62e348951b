import pytest

from search import registry
from search.engines import engine
from search.query import SearchRequest
from tests.factories.search import Shelf


@pytest.fixture
def shelf():
    """The only module there is: things on a shelf."""
    others = registry.sources()
    for source in others:
        registry.unregister(source.kind)
    shelf = Shelf()
    registry.register(shelf.source)
    yield shelf
    registry.unregister(shelf.kind)
    for source in others:
        registry.register(source)


@pytest.fixture
def search():
    """Asks the portal's engine: every test that uses it is part of the contract of all engines."""
    return lambda text="", **fields: engine().search(SearchRequest(text=text, **fields))


@pytest.fixture
def found(search):
    """Ids of the objects found, in their order."""
    return lambda text="", **fields: [hit.object_id for hit in search(text, **fields).hits]
