import pytest

from certificates import kinds

PUBLICATION = kinds.Kind("publication", "Свидетельство о публикации", "автор практики, опубликованной в банке")


@pytest.fixture(autouse=True)
def _kinds(monkeypatch) -> None:
    """A kind of paper in words of the tests' own."""
    monkeypatch.setitem(kinds._kinds, PUBLICATION.code, PUBLICATION)
