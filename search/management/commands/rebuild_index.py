from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from tqdm import tqdm

from search.engines.base import EngineAway
from search.indexing.rebuild import RebuildRunning, SwapRefused, rebuild
from search.models import SearchDocument
from search.registry import sources


class Command(BaseCommand):
    """Builds the search index anew beside the old one, then swaps them; the portal goes on meanwhile."""

    help = (
        "Build the search index anew beside the old one and swap them, then its copy on Elasticsearch where there is "
        "one. Searching and publishing go on meanwhile."
    )

    def add_arguments(self, parser: CommandParser):
        parser.add_argument("--copy", action="store_true", help="only the copy on Elasticsearch")

    def handle(self, *args, **options):
        if options["copy"] and not settings.ELASTICSEARCH_URL:
            raise CommandError("ELASTICSEARCH_URL is not set: there is nothing to copy to.")
        if not options["copy"]:
            self.rebuild(options)
        if settings.ELASTICSEARCH_URL:
            self.copy(options)

    def rebuild(self, options: dict) -> None:
        expected = sum(sum(1 for _id in source.ids()) for source in sources())
        try:
            with self.bar(expected, options) as bar:
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

    def copy(self, options: dict) -> None:
        from search.copying.whole import CopyRunning, copy_whole  # noqa: PLC0415 - its client is an extra

        try:
            with self.bar(SearchDocument.objects.count(), options) as bar:
                total = copy_whole(bar.update)
        except CopyRunning:
            self.stdout.write("The worker is making the copy already.")
            return
        except EngineAway as away:
            raise CommandError(
                f"Elasticsearch does not answer ({str(away)[:200]}). The copy in use stays; the worker goes on trying."
            ) from None
        if options["verbosity"] > 0:
            self.stdout.write(f"{total} documents copied to Elasticsearch")

    def bar(self, total: int, options: dict) -> tqdm:
        return tqdm(total=total, unit="doc", disable=options["verbosity"] == 0, file=self.stderr)
