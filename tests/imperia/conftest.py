from collections.abc import Iterator

import pytest

from .portal import Portal


@pytest.fixture
def portal(tmp_path) -> Iterator[Portal]:
    house = Portal(tmp_path / "var")
    yield house
    # Another command takes seconds: it is asked only where something was left running.
    if house.processes():
        house.call("stop")
        house.kill_everything()
