"""Uploads stop at their limit: what is too large is never written to the disk."""

from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.files.uploadhandler import TemporaryFileUploadHandler

from .limits import limit


class CutOffUpload(SimpleUploadedFile):
    """Stands for a file that was too large to take: no content, only its name and how much had come."""

    was_cut_off = True

    def __init__(self, name: str, content_type: str, size: int):
        super().__init__(name, b"", content_type or "application/octet-stream")
        self.size = size


class CappedFileUploadHandler(TemporaryFileUploadHandler):
    """Writes an upload to a temporary file, and throws it away the moment it passes the limit.

    The rest is read and dropped, so that the form can answer with the reason at the field; a request
    larger than any form of ours does not get this far (`files.middleware.UploadLimit`).
    """

    def new_file(self, *args, **kwargs):
        super().new_file(*args, **kwargs)
        self.was_cut_off = False

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        if not self.was_cut_off and start + len(raw_data) > limit("FILES_DOCUMENT_MAX_BYTES"):
            self.was_cut_off = True
            self.file.close()
        if not self.was_cut_off:
            super().receive_data_chunk(raw_data, start)

    def file_complete(self, file_size: int):
        if self.was_cut_off:
            return CutOffUpload(self.file_name, self.content_type, file_size)
        return super().file_complete(file_size)
