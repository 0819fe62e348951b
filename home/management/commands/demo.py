from argparse import ArgumentParser
from collections.abc import Iterable

from django.core.management.base import BaseCommand
from tqdm import tqdm

from core.models import SiteGeneration
from home.demo import consents, life, people, practices, site, source, subjects


class Command(BaseCommand):
    """Fills an empty portal with invented people, schools and practices. Again, it makes only what is missing."""

    help = "Fill the portal with demo content; repeated, it adds only what is missing."
    #: Role, e-mail and password of the people one can sign in as.
    LOGINS = people.LOGINS

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--limit", type=int, help="so many practices of each of the three files; all without it")

    def handle(self, *, limit: int | None, verbosity: int, **options) -> None:
        def bar(items: Iterable, title: str, total: int) -> tqdm:
            return tqdm(
                items, f"    {title}", total, disable=not (total and verbosity), mininterval=0.5, file=self.stderr
            )

        lines = list(source.practices(limit))
        known = subjects.make()
        bank = site.make()
        schools = site.schools()
        people.make(known, schools, step=lambda items: bar(items, "people", len(items)))
        consents.give(people.everybody())
        practices.write(bank, lines)
        bare = practices.undressed(lines)
        practices.dress(bar(bare, "covers and files", len(bare)))
        unread = practices.unread()
        for _document in bar(practices.read(unread), "texts of files", len(unread)):
            pass
        practices.count()
        life.make(bank, known, schools, bar=bar)
        SiteGeneration.grow()
        if verbosity:
            self.report()

    def report(self) -> None:
        for role, email, password in self.LOGINS:
            self.stdout.write(f"    {role:<12} {email:<30} {password}")
