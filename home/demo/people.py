"""Invented people: 45 teachers, and one login for each role."""

from collections.abc import Iterable

from django.contrib.auth.models import Group
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from accounts.models import Category, User
from accounts.roles import Role
from core.models import Subject
from home.demo import source
from schools.models import Membership, SchoolPage

HOST = "imperia.example"  # RFC 2606: no letter to it ever reaches anybody
PASSWORD = "demo-na-beregu-2026"  # noqa: S105 - printed on the screen: the demo has nothing to hide
ADMIN = "admin"

#: The login of each role: a teacher of `people.json`, or one who works at no school.
ROLES = {
    Role.TEACHER: "U01",
    Role.EXPERT: "U15",
    Role.CURATOR: "U43",
    Role.EDITOR: {"last_name": "Светланова", "first_name": "Вера", "patronymic": "Ильинична", "position": "редактор"},
    Role.COORDINATOR: {
        "last_name": "Причалов",
        "first_name": "Андрей",
        "patronymic": "Сергеевич",
        "position": "методист городского методического центра",
    },
    ADMIN: {
        "last_name": "Вахтенная",
        "first_name": "Нина",
        "patronymic": "Львовна",
        "position": "администратор портала",
    },
}
LOGINS = [(str(role), f"{role}@{HOST}", PASSWORD) for role in ROLES]
CATEGORIES = {
    "без категории": Category.NONE,
    "первая": Category.FIRST,
    "высшая": Category.HIGHEST,
    "педагог-методист": Category.METHODIST,
}


@transaction.atomic
def make(subjects: dict[str, Subject], schools: dict[str, SchoolPage], *, step=iter) -> None:
    """People, roles and memberships; `step` wraps the list of people, to show progress."""
    logins = {person: role for role, person in ROLES.items() if isinstance(person, str)}
    for role, person in ROLES.items():
        if isinstance(person, dict):
            _worker(role, person)
    coordinator = User.objects.get(email=f"{Role.COORDINATOR}@{HOST}")
    for person in step(source.people()):
        teacher = _teacher(person, logins.get(person["id"]))
        teacher.subjects.add(subjects[person["subject"]])
        Membership.objects.get_or_create(
            user=teacher,
            school=schools[person["school"]],
            defaults={
                "position": person["position"],
                "confirmed_at": timezone.now(),
                "confirmed_by": coordinator,
            },
        )


def everybody() -> QuerySet[User]:
    """The demo's people, without those whom somebody else has made."""
    logins = [email for _role, email, _password in LOGINS]
    return User.objects.filter(Q(import_id__isnull=False) | Q(email__in=logins))


def _teacher(person: dict, role: str | None) -> User:
    known = User.objects.filter(import_id=person["id"]).first()
    if known:
        return known
    teacher = User.objects.create_user(
        f"{role or person['id'].lower()}@{HOST}",
        PASSWORD if role else None,
        import_id=person["id"],
        last_name=person["last_name"],
        first_name=person["first_name"],
        patronymic=person["patronymic"],
        position=person["position"],
        category=CATEGORIES[person["category"]],
    )
    _join(teacher, {Role.TEACHER, *([role] if role else [])})
    return teacher


def _worker(role: str, person: dict) -> None:
    email = f"{role}@{HOST}"
    if not User.objects.filter(email=email).exists():
        if role == ADMIN:
            User.objects.create_superuser(email, PASSWORD, **person)
        else:
            _join(User.objects.create_user(email, PASSWORD, **person), {role})


def _join(person: User, roles: Iterable[str]) -> None:
    person.groups.add(*(Group.objects.get_or_create(name=str(role))[0] for role in sorted(roles)))
