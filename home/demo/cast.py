"""Who is who in the demo's history, by the ids of `data/`."""

from accounts.models import User
from accounts.roles import Role
from home.demo.people import HOST
from practices.models import PracticePage


def person(import_id: str) -> User:
    return User.objects.get(import_id=import_id)


def login(role: Role) -> User:
    """The person as whom one signs in to see a role."""
    return User.objects.get(email=f"{role}@{HOST}")


def practices() -> dict[str, PracticePage]:
    """Published practices by their ids; a short demo has not all of them."""
    return {page.import_id: page for page in PracticePage.objects.filter(import_id__isnull=False)}
