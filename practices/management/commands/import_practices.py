from argparse import ArgumentParser
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _
from tqdm import tqdm

from practices.importer import BadRecordError, Outcome, Record, Writer, record_of
from practices.importer.writer import BATCH
from practices.models import BankPage
from practices.tasks import leave_to_worker


class Command(BaseCommand):
    """Imports practices, one JSON object a line; see docs/operations.md for the keys.

    The good lines are kept, each bad one is reported with its number and reason, and then the exit
    code is 1. The same `id` again updates its practice. Covers and files are made by the worker.
    """

    help = "Import practices from a file of JSON lines."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, help="a file with one JSON object a line")
        parser.add_argument("--dry-run", action="store_true", help="check every line and write nothing")

    def handle(self, *, file: Path, dry_run: bool, **options) -> None:
        bank = BankPage.objects.first()
        if not bank and not dry_run:
            raise CommandError(_("There is no bank of practices yet: make its page first, or run “manage.py demo”."))
        writer = None if dry_run else Writer(bank, dressing=leave_to_worker)
        outcome, bad, good = Outcome(), 0, 0
        batch: list[Record] = []
        try:
            with file.open("rb") as lines, self.bar(file) as bar:
                for number, line in enumerate(lines, 1):
                    bar.update(len(line))
                    if not line.strip():
                        continue
                    try:
                        batch.append(self.read(line))
                    except BadRecordError as error:
                        bad += 1
                        tqdm.write(_("Line %(number)s: %(reason)s") % {"number": number, "reason": error}, self.stderr)
                        continue
                    good += 1
                    if len(batch) >= BATCH:
                        outcome += self.write(writer, batch)
                        batch = []
                outcome += self.write(writer, batch)
        except OSError as error:
            raise CommandError(_("The file cannot be read: %(error)s") % {"error": error}) from error
        self.report(outcome, good, bad, dry_run=dry_run)

    @staticmethod
    def bar(file: Path) -> tqdm:
        return tqdm(total=file.stat().st_size, unit="B", unit_scale=True, desc=file.name, mininterval=0.5)

    @staticmethod
    def read(line: bytes) -> Record:
        try:
            return record_of(line.decode("utf-8-sig"))
        except UnicodeDecodeError as error:
            raise BadRecordError(_("the text is not in UTF-8")) from error

    @staticmethod
    def write(writer: Writer | None, batch: list[Record]) -> Outcome:
        return writer.write(batch) if writer and batch else Outcome()

    def report(self, outcome: Outcome, good: int, bad: int, *, dry_run: bool) -> None:
        if dry_run:
            self.stdout.write(_("Good lines: %(good)s. Nothing was written.") % {"good": good})
        else:
            self.stdout.write(
                _("Created: %(created)s, updated: %(updated)s, unchanged: %(unchanged)s.")
                % {
                    "created": len(outcome.created),
                    "updated": len(outcome.updated),
                    "unchanged": outcome.unchanged,
                }
            )
        if bad:
            raise CommandError(_("Bad lines: %(bad)s. The others were taken.") % {"bad": bad})
