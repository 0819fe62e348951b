from django.core.management.base import BaseCommand, CommandParser

from practices.inspection.duplicates import fingerprint_many
from practices.models import Fingerprint, PracticePage

CHUNK = 200


class Command(BaseCommand):
    """Compare anew, from now on, practices that were published past the portal's own ways: an import, an upgrade."""

    help = "Keep the fingerprints by which near-duplicates are found, for published practices that have none."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--all", action="store_true", help="those that have one, too")

    def handle(self, *, all: bool, **options) -> None:  # noqa: A002 - the option's name
        practices = PracticePage.objects.live().order_by("pk")
        if not all:
            practices = practices.filter(fingerprint__isnull=True)
        Fingerprint.objects.exclude(practice__live=True).delete()
        ids = list(practices.values_list("pk", flat=True))
        for start in range(0, len(ids), CHUNK):
            chunk = PracticePage.objects.filter(pk__in=ids[start : start + CHUNK])
            fingerprint_many(chunk)
            self.stdout.write(f"{min(start + CHUNK, len(ids))} / {len(ids)}")
        self.stdout.write(self.style.SUCCESS(f"Fingerprinted: {len(ids)}"))
