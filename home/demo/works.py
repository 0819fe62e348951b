"""Works that are not published yet, in every state that a work can be in."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from uuid import NAMESPACE_URL, UUID, uuid5

from django.db import transaction

from accounts.models import User
from accounts.roles import Role
from core.choices import levels_of
from core.models import Subject
from home.demo import cast, clock, source, verdicts
from practices.authoring import drafts
from practices.authoring.reading import current_version
from practices.importer import blocks
from practices.models import PracticePage, Round, Submission

RICH = ("problem", "results", "did_not_work")
#: Of a work that is begun, this is written first.
FIRST_WORDS = ("title", "problem", "kind", "subjects", "grades", "levels")


def unwritten(pages: dict[str, PracticePage]) -> list[dict]:
    """Works of `data/` that nobody has begun; a new edition needs the practice of which it is one."""
    begun = set(Submission.objects.values_list("origin", flat=True))
    edited = set(Submission.objects.values_list("practice__import_id", flat=True))
    return [
        work
        for work in source.works()
        if (work["of"] in pages and work["of"] not in edited if "of" in work else origin(work) not in begun)
    ]


def origin(work: dict) -> UUID:
    return uuid5(NAMESPACE_URL, f"demo/{work['id']}")


def write(works: Iterable[dict], pages: dict[str, PracticePage], subjects: dict[str, Subject]) -> None:
    for work in works:
        with transaction.atomic():
            author = cast.person(work["by"])
            _write(work, author, pages.get(work.get("of")), subjects)


def _write(work: dict, author: User, page: PracticePage | None, subjects: dict[str, Subject]) -> None:
    whole = content_of(work, subjects)
    if page is None:
        with clock.at(clock.ago(work["begun"], work["id"])):
            words = {name: whole[name] for name in FIRST_WORDS}
            page = drafts.start(author=author, origin=origin(work), **words)
    if not work.get("submit"):
        _save(page, author, whole, clock.ago(work["saved"], f"{work['id']} saved"))
    for number, passage in enumerate(work.get("rounds", [])):
        is_former = number + 1 < len(work["rounds"])
        text = content_of(former(work), subjects) if is_former else whole
        _submit(page, author, text, clock.ago(passage["opened"], f"{work['id']} {number}"))
        _read(Round.objects.get(practice=page, closed_at=None), passage, work["id"])
    if "invite" in work:
        with clock.at(clock.ago(work["saved"], f"{work['id']} saved") + timedelta(minutes=4)):
            drafts.invite_coauthor(practice=page, by=author, email=cast.person(work["invite"]).email)


def former(work: dict) -> dict:
    """The work as the experts read it first."""
    first = work["first"]
    without = set(first["without"])
    body = [block for block in work["body"] if block["type"] != "step" or block["value"]["title"] not in without]
    return {**work, **first, "body": body}


def content_of(work: dict, subjects: dict[str, Subject]) -> dict:
    """By the keys of `practices.authoring.content`: all of a work, or what a new edition changes."""
    if "change" in work:
        change = dict(work["change"])
        return {name: blocks.paragraphs(text) if name in RICH else text for name, text in change.items()}
    return {
        "title": work["title"],
        "summary": work["summary"],
        "kind": work["kind"],
        "grades": work["grades"],
        "levels": levels_of(work["grades"]),
        "subjects": [subjects[name].pk for name in work["subjects"]],
        "tags": work["tags"],
        "body": blocks.stream(work["body"], seed=work["id"]),
        **{name: blocks.paragraphs(work[name]) for name in RICH},
        **work["conditions"],
    }


def _save(page: PracticePage, author: User, content: dict, moment: datetime) -> None:
    page.refresh_from_db()
    with clock.at(moment):
        drafts.save(practice=page, user=author, version=current_version(page), content=content)


def _submit(page: PracticePage, author: User, content: dict, moment: datetime) -> None:
    """The text, then off to the experts; what the portal notices in it the author has seen and lets stand."""
    _save(page, author, content, moment - timedelta(minutes=25))
    with clock.at(moment):
        ready = drafts.readiness(practice=page, user=author)
        drafts.let_stand(practice=page, user=author, keys=[finding.key for finding in ready.unseen])
        declared = {"rights": True, "pupils": ready.asks_pupils_consent}
        drafts.submit(practice=page, user=author, declared=declared)


def _read(opened: Round, passage: dict, seed: str) -> None:
    expert = cast.login(Role.EXPERT)
    for review in passage["reviews"]:
        moment = clock.ago(review["done"], f"{seed} {review['verdict']}")
        reader = expert if review.get("expert") else None
        verdicts.finish(opened, review, moment, by=reader or _other_than(opened, expert))
    if "unfinished" in passage:
        verdicts.leave_unfinished(opened, passage["unfinished"], clock.ago(1, f"{seed} begun"), by=expert)
    if "declines" in passage:
        verdicts.decline_all(opened, passage["declines"])


def _other_than(opened: Round, expert: User) -> User | None:
    """Whoever else was asked: the expert as whom one signs in keeps what waits for them."""
    return opened.reviews.filter(state="asked").exclude(expert=expert).order_by("pk").first().expert
