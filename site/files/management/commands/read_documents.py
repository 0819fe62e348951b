"""Reads, here and now, the documents that still wait for it."""

from django.core.management.base import BaseCommand
from tqdm import tqdm

from files import reading
from files.models import PortalDocument


class Command(BaseCommand):
    help = "Reads the text of documents that wait for it: after an import, or when the worker was away."

    def handle(self, *args, **options):
        waiting = PortalDocument.objects.filter(text_state=PortalDocument.TextState.WAITING).order_by("pk")
        missing = []
        for document in tqdm(waiting.iterator(), total=waiting.count(), unit="file", file=self.stderr, disable=None):
            try:
                reading.read(document)
            except FileNotFoundError:
                missing.append(document)
        for document in missing:
            self.stderr.write(f"{document.pk} «{document}»: the file {document.file.name} is not there")
        if missing:
            raise SystemExit(1)
