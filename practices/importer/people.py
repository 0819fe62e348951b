"""Whom and what the texts of an import mean: subjects, schools, people and tags, each looked up once a batch."""

from collections.abc import Iterable

from accounts.models import User
from core.models import Subject, Tag
from core.text import address, normalise
from practices.importer.records import Record
from practices.importer.tree import Slugs
from practices.models import BankPage
from schools.models import SchoolIndexPage, SchoolPage


class Directory:
    """Names of an import and what they stand for. Unknown subjects and schools are created, unknown
    people stay names.
    """

    def __init__(self, bank: BankPage):
        self.bank = bank
        self._subjects = {normalise(subject.name): subject for subject in Subject.objects.all()}
        self._schools: dict[str, SchoolPage] = {}
        for school in SchoolPage.objects.all():
            self._schools[normalise(school.title)] = school
            if school.import_id:
                self._schools[school.import_id] = school
        self._people: dict[str, User | None] = {}
        self._tags: dict[str, Tag] = {}

    def prepare(self, records: Iterable[Record]) -> None:
        """Look up what these records name, in a query each for people and tags."""
        records = list(records)
        people = {name for record in records for name in record.authors} - self._people.keys()
        found = {user.import_id: user for user in User.objects.filter(import_id__in=people)}
        self._people |= {name: found.get(name) for name in people}
        names = list(dict.fromkeys(name for r in records for name in r.tags if normalise(name) not in self._tags))
        if names:
            self._tags |= {tag.key: tag for tag in Tag.named(names)}

    def person(self, name: str) -> User | None:
        return self._people[name]

    def tag(self, name: str) -> Tag:
        return self._tags[normalise(name)]

    def subject(self, name: str) -> Subject:
        key = normalise(name)
        if key not in self._subjects:
            taken = {subject.slug for subject in self._subjects.values()}
            slug = base = address(name, length=90)
            number = 2
            while slug in taken:
                slug, number = f"{base}-{number}", number + 1
            self._subjects[key] = Subject.objects.create(name=name, slug=slug)
        return self._subjects[key]

    def school(self, name: str) -> SchoolPage | None:
        if not name:
            return None
        key = name if name in self._schools else normalise(name)
        if key not in self._schools:
            directory = SchoolIndexPage.objects.first() or self._new_directory()
            self._schools[key] = directory.add_child(instance=SchoolPage(title=name, slug=self._slug(name, directory)))
        return self._schools[key]

    def _new_directory(self) -> SchoolIndexPage:
        return self.bank.get_parent().add_child(instance=SchoolIndexPage(title="Школы", slug="schools"))

    @staticmethod
    def _slug(name: str, directory: SchoolIndexPage) -> str:
        return Slugs(directory).free(name)
