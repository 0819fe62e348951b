"""What a machine that stopped in the middle of an upload left on the disk."""

import os
import time
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings

from files import orphans
from files.tasks import sweep_orphans
from tests.factories import files

pytestmark = pytest.mark.django_db


def stray(name: str, *, hours: float) -> Path:
    path = Path(settings.MEDIA_ROOT) / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(b"left")
    moment = time.time() - hours * 3600
    os.utime(path, (moment, moment))
    return path


def test_the_sweep_takes_what_belongs_to_nothing_and_is_old():
    picture, document = files.image(), files.document()
    rendition = picture.get_rendition("width-30")
    left = [stray(f"{folder}/left.bin", hours=7) for folder in ("documents", "original_images", "images", "previews")]
    young = stray("documents/young.bin", hours=5)
    kept = [Path(entry.file.path) for entry in (picture, document, rendition)]
    for path in kept:
        os.utime(path, (0, 0))
    mine = {*left, young, *kept}
    sweep_orphans(timestamp=0)
    assert {path for path in mine if path.exists()} == {young, *kept}
    young.unlink()


def test_nothing_is_an_orphan_where_nothing_was_uploaded(tmp_path):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(settings, "MEDIA_ROOT", tmp_path)
        assert orphans.sweep(older_than=timedelta(0)) == 0
