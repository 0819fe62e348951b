"""What goes on with what is published: corrections, withdrawals, complaints."""

import json

from django.db import transaction

from accounts.models import User
from accounts.roles import Role
from home.demo import cast, clock, source
from moderation import services as moderation
from moderation.models import Complaint
from practices.afterlife import corrections, withdrawal
from practices.importer import Writer, record_of
from practices.models import Adoption, BankPage, Correction, PracticePage


@transaction.atomic
def correct(pages: dict[str, PracticePage]) -> None:
    known = set(Correction.objects.values_list("practice__import_id", flat=True))
    for line in source.care()["corrections"]:
        if line["practice"] in pages and line["practice"] not in known:
            with clock.at(clock.on(line["on"], line["practice"])):
                corrections.note(practice=pages[line["practice"]], author=cast.person(line["by"]), text=line["text"])


@transaction.atomic
def publish_what_will_be_withdrawn(bank: BankPage) -> None:
    """Two more practices, so small that they get neither cover nor files."""
    known = set(PracticePage.objects.filter(import_id__isnull=False).values_list("import_id", flat=True))
    lines = [line for line in source.care()["withdrawn"] if line["record"]["id"] not in known]
    Writer(bank, dressing=_undressed).write(
        [record_of(json.dumps({**line["record"], "published": line["published"]})) for line in lines]
    )


def _undressed(jobs: list[dict]) -> None:
    """No jobs for the worker."""


@transaction.atomic
def withdraw(pages: dict[str, PracticePage]) -> None:
    for line in source.care()["withdrawn"]:
        page = pages[line["record"]["id"]]
        if page.live:
            with clock.at(clock.on(line["withdrawn_on"], page.import_id)):
                withdrawal.withdraw(practice=page, by=page.owner, reason=line["reason"])


@transaction.atomic
def complain() -> None:
    """Complaints as they came, and what the coordinator has decided on some of them."""
    known = set(Complaint.objects.values_list("text", flat=True))
    coordinator = cast.login(Role.COORDINATOR)
    for line in source.care()["complaints"]:
        about = _about(line["about"])
        if about is None or line["text"] in known:
            continue
        made = clock.on(line["on"], line["text"]) if "on" in line else clock.ago(line["days"], line["text"])
        with clock.at(made):
            complaint = moderation.complain(
                obj=about,
                reason=line["reason"],
                text=line["text"],
                complainer=cast.person(line["by"]) if "by" in line else None,
                email=line.get("email", ""),
            )
        if "state" in line:
            _decide(complaint, line, coordinator)


def _about(names: dict[str, str]) -> PracticePage | Adoption | None:
    """A practice, or what a teacher reported of it."""
    if "teacher" not in names:
        return PracticePage.objects.filter(import_id=names["practice"]).first()
    return Adoption.objects.filter(practice__import_id=names["practice"], teacher__import_id=names["teacher"]).first()


def _decide(complaint: Complaint, line: dict, coordinator: User) -> None:
    with clock.at(clock.on(line["decided"], line["text"])):
        if line.get("hide"):
            moderation.hide(complaint=complaint, by=coordinator, reason=line["why"])
        moderation.decide(complaints=[complaint], state=line["state"], answer=line["answer"], by=coordinator)
