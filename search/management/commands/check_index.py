import sys
from collections.abc import Iterator

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from search.engines.base import EngineAway
from search.indexing.check import differences


class Command(BaseCommand):
    """Compares the search index, and its copy, with what should be found; exits with 1 unless they are equal."""

    help = (
        "Compare the search index with what should be found, and its copy on Elasticsearch with the index. "
        "Exits with 1 where they differ."
    )

    def add_arguments(self, parser):
        parser.add_argument("--show", type=int, default=50, metavar="N", help="differences to print (50)")

    def handle(self, *args, **options):
        count = 0
        for line in self.differences():
            count += 1
            if count <= options["show"]:
                self.stdout.write(line)
        self.stdout.write(f"differences: {count}")
        if count:
            sys.exit(1)

    def differences(self) -> Iterator[str]:
        for difference in differences():
            yield f"{difference.what}: {difference.kind} {difference.object_id} «{difference.title}»"
        if settings.ELASTICSEARCH_URL:
            yield from self.differences_of_copy()

    def differences_of_copy(self) -> Iterator[str]:
        from search.copying import check, copier  # noqa: PLC0415 - their client is an extra

        try:
            for difference in check.differences():
                yield f"{difference.what} on Elasticsearch: row {difference.row_id}"
        except EngineAway as away:
            raise CommandError(f"Elasticsearch does not answer: {str(away)[:200]}") from None
        except copier.WholeCopyNeeded:
            raise CommandError("Elasticsearch has no copy, or another database's: rebuild_index --copy") from None
