"""What the database and the disk say afterwards of all that was acknowledged. Imported after `django.setup()`."""

import hashlib
import io
from collections import Counter
from collections.abc import Iterator
from contextlib import redirect_stderr, redirect_stdout
from datetime import timedelta
from pathlib import Path

from django.core.management import call_command
from django.db.models import Count

from benchmarks.kills.journal import Journal
from certificates.models import Certificate
from files import orphans
from files.models import PortalDocument
from notifications.models import Letter
from practices.models import PracticePage, Review, Round, Submission


def faults(journal: Journal, taken: Counter[str]) -> dict[str, list[str]]:
    """What was lost, done by half or done twice, by the promise that it breaks; empty lists are the good answer."""
    return {
        "acknowledged and lost": [*_lost_texts(journal), *_lost_files(journal), *_lost_deeds(journal)],
        "half done": [*_half_published(), *_half_decided(), *_index()],
        "done twice": [*_twice(journal), *_letters_twice(taken)],
        "letters without an end": _letters_without_end(taken),
        "files of nothing": _orphans(),
    }


def _lost_texts(journal: Journal) -> Iterator[str]:
    for pk, text in journal.texts.items():
        practice = PracticePage.objects.filter(pk=pk).first()
        # A later text that nobody acknowledged may have come through as well: it begins with the acknowledged one.
        if practice is None or text not in practice.get_latest_revision_as_object().problem:
            yield f"text of practice {pk}: «{text[-40:]}»"


def _lost_files(journal: Journal) -> Iterator[str]:
    for pk, hashes in journal.files.items():
        practice = PracticePage.objects.get(pk=pk).get_latest_revision_as_object()
        stored = set()
        for material in practice.materials.all():
            path = Path(material.document.file.path)
            stored.add(hashlib.sha256(path.read_bytes()).hexdigest() if path.exists() else f"{path} is not there")
        yield from (f"file {each} of practice {pk}" for each in hashes - stored)


def _lost_deeds(journal: Journal) -> Iterator[str]:
    for pk in journal.submitted:
        if not Round.objects.filter(practice=pk).exists():
            yield f"submission of practice {pk}"
    done = set(Review.objects.filter(state=Review.State.DONE).values_list("pk", flat=True))
    yield from (f"verdict of review {pk}" for pk in journal.verdicts - done)


def _half_published() -> Iterator[str]:
    """A practice is public exactly if a round accepted it, in the text of that round, with its certificates."""
    for practice in PracticePage.objects.all():
        accepted = practice.rounds.filter(outcome=Round.Outcome.ACCEPTED).order_by("-number").first()
        if practice.live != bool(accepted):
            yield f"practice {practice.pk}: live {practice.live}, accepted {bool(accepted)}"
        elif accepted:
            if practice.live_revision_id != accepted.revision_id:
                yield f"practice {practice.pk}: another text than the experts read"
            papers = Certificate.objects.filter(kind="publication", object_id=practice.pk).count()
            if papers != practice.authors.count():
                yield f"practice {practice.pk}: {papers} certificates"
            if accepted.task_state.workflow_state.status != "approved":
                yield f"practice {practice.pk}: workflow {accepted.task_state.workflow_state.status}"


def _half_decided() -> Iterator[str]:
    for each in Round.objects.filter(closed_at=None):
        verdicts = list(each.reviews.filter(state=Review.State.DONE).values_list("verdict", flat=True))
        if len(verdicts) >= 2 and set(verdicts) == {"accept"}:
            yield f"round {each.pk}: all verdicts, no decision"


def _index() -> list[str]:
    said = io.StringIO()
    try:
        with redirect_stdout(said), redirect_stderr(said):
            call_command("check_index")
    except SystemExit as error:
        if error.code:
            return [f"index: {said.getvalue().strip()[-200:]}"]
    return []


def _twice(journal: Journal) -> Iterator[str]:
    drafts = Submission.objects.count()
    if drafts > journal.begun:
        yield f"{drafts} drafts of {journal.begun} begun"
    for pk in (
        Round.objects.values("practice").annotate(n=Count("pk")).filter(n__gt=1).values_list("practice", flat=True)
    ):
        yield f"practice {pk}: submitted once, several rounds"


def _letters_twice(taken: Counter[str]) -> list[str]:
    return [f"letter {name}: {number} times" for name, number in taken.items() if number > 1]


def _letters_without_end(taken: Counter[str]) -> list[str]:
    """Each letter is sent, or known to be in doubt."""
    waiting = Letter.objects.filter(state__in=[Letter.State.WAITING, Letter.State.SENDING]).count()
    untaken = set(Letter.objects.filter(state=Letter.State.SENT).values_list("message_id", flat=True)) - set(taken)
    return [*([f"{waiting} still to be sent"] if waiting else []), *(f"{name}: sent, not taken" for name in untaken)]


def _orphans() -> list[str]:
    """After the sweep that the worker makes each night, which takes what a kill left between file and row."""
    orphans.sweep(older_than=timedelta(0))
    missing = [document for document in PortalDocument.objects.all() if not Path(document.file.path).exists()]
    left = [str(path) for path in orphans.orphans(older_than=timedelta(0))]
    return [*left, *(f"document {document.pk} has no file" for document in missing)]
