"""Files that belong to nothing: a machine that stopped between a file's writing and its row's commit left them."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.utils import timezone

from .models import PortalDocument, PortalImage, PortalRendition

#: Where each field keeps its files, below MEDIA_ROOT.
HELD = [
    ("documents", PortalDocument, "file"),
    ("previews", PortalDocument, "preview"),
    ("original_images", PortalImage, "file"),
    ("images", PortalRendition, "file"),
]
#: A younger file may belong to a transaction that still runs.
AGE = timedelta(hours=6)


def orphans(*, older_than: timedelta = AGE) -> Iterator[Path]:
    """Files that no row names, and that nobody has written lately."""
    written_before = timezone.now() - older_than
    for folder, model, field in HELD:
        root = Path(settings.MEDIA_ROOT) / folder
        # The files first, the rows after them: what is stored meanwhile has its row by then.
        found = [path for path in root.rglob("*") if path.is_file() and written_at(path) < written_before]
        named = set(model.objects.values_list(field, flat=True).iterator())
        yield from (path for path in found if path.relative_to(settings.MEDIA_ROOT).as_posix() not in named)


def written_at(path: Path) -> datetime:
    return datetime.fromtimestamp(path.stat().st_mtime, tz=timezone.get_current_timezone())


def sweep(*, older_than: timedelta = AGE) -> int:
    """Take them from the disk; how many there were."""
    found = list(orphans(older_than=older_than))
    for path in found:
        path.unlink(missing_ok=True)
    return len(found)
