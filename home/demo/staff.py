"""Experts, representatives of schools, and people on their way into a school."""

from django.db import transaction

from accounts.models import User
from accounts.roles import Role
from accounts.services.roles import give_role
from core.models import Subject
from home.demo import cast, clock, consents, source
from schools.models import Membership, SchoolInvitation, SchoolPage
from schools.services import ask_to_join, invite_staff, name_representatives


@transaction.atomic
def make(subjects: dict[str, Subject], schools: dict[str, SchoolPage]) -> None:
    """Roles, representatives, requests that wait and a link for a whole staff; what is there is left alone."""
    data = source.care()
    coordinator = cast.login(Role.COORDINATOR)
    _experts(data["experts"], coordinator)
    _representatives(data["representatives"], coordinator)
    known = set(User.objects.values_list("email", flat=True))
    for newcomer in data["newcomers"]:
        if newcomer["email"] not in known:
            _newcomer(newcomer, subjects, schools)
    _invitation(data["invitation"], schools)


def _experts(ids: list[str], coordinator: User) -> None:
    for expert in User.objects.filter(import_id__in=ids).exclude(groups__name=Role.EXPERT).order_by("import_id"):
        with clock.at(clock.on("2024-09-02", expert.import_id)):
            give_role(user=expert, role=Role.EXPERT, by=coordinator)


def _representatives(ids: list[str], coordinator: User) -> None:
    if Membership.objects.filter(is_representative=True).exists():
        return
    for membership in Membership.objects.filter(user__import_id__in=ids).select_related("school"):
        with clock.at(clock.on("2024-09-05", membership.school.import_id)):
            name_representatives(school=membership.school, members=[membership], by=coordinator)


def _newcomer(newcomer: dict, subjects: dict[str, Subject], schools: dict[str, SchoolPage]) -> None:
    names = {name: newcomer[name] for name in ("last_name", "first_name", "patronymic")}
    with clock.at(clock.ago(newcomer["days"], newcomer["email"])):
        person = User.objects.create_user(newcomer["email"], **names)
        person.subjects.add(subjects[newcomer["subject"]])
    consents.give([person])
    with clock.at(clock.ago(newcomer["days"], newcomer["email"])):
        ask_to_join(user=person, school=schools[newcomer["school"]], position=newcomer["position"])


def _invitation(invitation: dict, schools: dict[str, SchoolPage]) -> None:
    school = schools[invitation["school"]]
    if not SchoolInvitation.objects.filter(school=school).exists():
        with clock.at(clock.ago(invitation["days_ago"], "invitation")):
            invite_staff(school=school, by=cast.person(invitation["by"]), days=invitation["days"])
