"""An empty bank, its authors and its experts. Imported after `django.setup()`."""

from django.contrib.auth.models import Group
from django.utils import timezone

from accounts.models import Consent, ConsentText, User
from accounts.roles import Role
from accounts.services.consents import person_mark
from benchmarks.imports import bank
from core.models import Subject
from practices.models import ReviewSettings
from schools.models import Membership, SchoolIndexPage, SchoolPage

PASSWORD = "причал-у-старого-маяка"
SUBJECT = "География"
#: Enough for everything that a run sends to review.
MANY = 10_000


def make(writers: int, experts: int) -> tuple[list[str], list[str]]:
    """The addresses of those who write and of those who read."""
    home = bank().get_parent()
    index = home.add_child(instance=SchoolIndexPage(title="Школы", slug="schools"))
    here, there = (index.add_child(instance=SchoolPage(title=f"Школа № {n}", slug=f"school-{n}")) for n in (1, 2))
    subject = Subject.objects.create(name=SUBJECT)
    rules = ReviewSettings.load()
    rules.monthly_cap = MANY
    rules.save()
    authors = [_person("writer", number, here, Role.TEACHER, subject) for number in range(writers)]
    readers = [_person("expert", number, there, Role.EXPERT, subject) for number in range(experts)]
    return authors, readers


def _person(kind: str, number: int, school: SchoolPage, role: str, subject: Subject) -> str:
    person = User.objects.create_user(
        f"{kind}{number}@kills.example",
        PASSWORD,
        last_name=f"Волнорезов{chr(ord('а') + number)}",
        first_name="Иван" if kind == "writer" else "Пётр",
        patronymic="Ильич",
    )
    person.subjects.add(subject)
    person.groups.add(Group.objects.get(name=role))
    Membership.objects.create(user=person, school=school, confirmed_at=timezone.now())
    for text in map(ConsentText.objects.in_force, ConsentText.Kind.values):
        Consent.objects.create(
            user=person,
            person_mark=person_mark(person.email),
            text=text,
            text_sha256=text.sha256,
            action=Consent.Action.GIVEN,
        )
    return person.email
