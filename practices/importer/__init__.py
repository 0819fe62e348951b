"""Practices from a file of JSON lines into the bank: see the command `import_practices`.

`records` says what a line may hold, `blocks` turns its text into the editor's blocks, `writer` puts
thousands of pages into the tree in bulk.
"""

from .records import BadRecordError, Record, record_of
from .writer import Outcome, Writer

__all__ = ["BadRecordError", "Outcome", "Record", "Writer", "record_of"]
