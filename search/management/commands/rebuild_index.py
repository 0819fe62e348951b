from django.core.management.base import BaseCommand, CommandError
from tqdm import tqdm

from search.indexing.rebuild import RebuildRunning, SwapRefused, rebuild
from search.registry import sources


class Command(BaseCommand):
    """Builds the search index anew beside the old one, then swaps them; the portal goes on meanwhile."""

    help = "Build the search index anew beside the old one and swap them. Searching and publishing go on meanwhile."

    def handle(self, *args, **options):
        expected = sum(sum(1 for _id in source.ids()) for source in sources())
        try:
            with tqdm(total=expected, unit="doc", disable=options["verbosity"] == 0, file=self.stderr) as bar:
                total = rebuild(bar.update)
        except RebuildRunning:
            raise CommandError("Another rebuild_index is running: wait for it.") from None
        except SwapRefused:
            raise CommandError(
                "The new index could not be put in place: some transaction has been writing to the old one for "
                "minutes. The old index stays. End that transaction and run rebuild_index again."
            ) from None
        if options["verbosity"] > 0:
            self.stdout.write(f"{total} documents indexed")
