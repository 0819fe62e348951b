import sys

from django.core.management.base import BaseCommand

from search.indexing.check import differences


class Command(BaseCommand):
    """Compares the search index with what should be found; exits with 1 unless they are equal."""

    help = "Compare the search index with what should be found. Exits with 1 where they differ."

    def add_arguments(self, parser):
        parser.add_argument("--show", type=int, default=50, metavar="N", help="differences to print (50)")

    def handle(self, *args, **options):
        count = 0
        for difference in differences():
            count += 1
            if count <= options["show"]:
                self.stdout.write(f"{difference.what}: {difference.kind} {difference.object_id} «{difference.title}»")
        self.stdout.write(f"differences: {count}")
        if count:
            sys.exit(1)
