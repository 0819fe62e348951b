from collections.abc import Iterator

import pytest

from .portal import Portal


@pytest.fixture
def portal(tmp_path) -> Iterator[Portal]:
    house = Portal(tmp_path / "var")
    yield house
    house.call("stop")
    house.kill_everything()
