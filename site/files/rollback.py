"""Files that go when the transaction that wrote their row does.

Django has no hook for a rollback, but it does drop the functions that waited for the commit, whether the whole
transaction or one savepoint is undone. A guard that only such a function holds is therefore destroyed
at exactly that moment, and takes the file with it.
"""

import weakref

from django.db import transaction
from django.db.models.fields.files import FieldFile


class Guard:
    """Its end without a commit is the file's end."""


def is_new(file: FieldFile) -> bool:
    """Is there a file that waits to be written to the storage?"""
    return bool(file) and not file._committed  # noqa: SLF001 - Django has no public name for it


def forget_unless_committed(file: FieldFile) -> None:
    """Delete the file that is about to be written under this field if the running transaction is undone."""
    guard = Guard()
    ending = weakref.finalize(guard, forget, file)
    transaction.on_commit(lambda: keep(guard, ending))


def keep(_guard: Guard, ending: weakref.finalize) -> None:
    ending.detach()


def forget(file: FieldFile) -> None:
    if not is_new(file) and file.name:
        file.close()
        file.storage.delete(file.name)
