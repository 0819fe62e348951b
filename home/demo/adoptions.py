"""«Провёл у себя»: who tried whose practice, what came of it, what the author said."""

from collections.abc import Iterable
from datetime import date, timedelta

from django.db import transaction

from accounts.models import User
from home.demo import clock, source
from practices.afterlife import adoptions
from practices.models import Adoption, PracticePage


def untold(pages: dict[str, PracticePage]) -> list[dict]:
    """Reports of `data/` that are not in the database, about practices that are."""
    known = {
        (practice, teacher, held_on.isoformat())
        for practice, teacher, held_on in Adoption.objects.values_list(
            "practice__import_id", "teacher__import_id", "held_on"
        )
    }
    return [
        line
        for line in source.adoptions()
        if line["practice"] in pages and (line["practice"], line["teacher"], line["on"]) not in known
    ]


@transaction.atomic
def report(lines: Iterable[dict], pages: dict[str, PracticePage]) -> None:
    people = {person.import_id: person for person in User.objects.filter(import_id__isnull=False)}
    for line in lines:
        page, told = pages[line["practice"]], clock.on(line["reported"], line["teacher"])
        with clock.at(told):
            adoption = adoptions.report(
                practice=page,
                teacher=people[line["teacher"]],
                held_on=min(date.fromisoformat(line["on"]), told.date()),
                class_name=line["class"],
                changed=line["changed"],
                outcome=line["outcome"],
            )
        if "answer" in line:
            answered = clock.on(told.date() + timedelta(days=line["answered_after"]), line["practice"])
            with clock.at(max(told, answered)):
                adoptions.answer(adoption=adoption, by=page.owner, text=line["answer"])
