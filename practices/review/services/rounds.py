"""A round from its opening to its end; every door — the author's page, the admin, the queue — leads through here."""

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.models import Revision, TaskState

from accounts.models import User
from moderation.models import ModerationAction
from practices.locks import hold_page, lock_page
from practices.models import PracticePage, Review, ReviewSettings, Round, Score, Withdrawal
from practices.models.review import RoundDeed
from practices.review import letters
from practices.review.errors import AlreadyUnderReview, NoteNeeded, NotReady, NotUnderReview, RoundClosed
from practices.review.locks import lock_round
from practices.review.quorum import Step, Vote, settle
from practices.review.workflow import ensure_workflow

from . import filling

Outcome = Round.Outcome
Deed = RoundDeed.Deed


@transaction.atomic
def open_round(*, practice: PracticePage, user: User | None) -> Round:
    """Sends the latest text to the experts, for the first time or again.

    Raises:
        AlreadyUnderReview: an earlier submission is not decided yet.
        NotReady: the text could not be published as it is; or its former one was hidden or withdrawn.
    """
    page = lock_page(practice.pk)
    if page.rounds.open().exists():
        raise AlreadyUnderReview(page)
    refuse_taken_off(page)
    check(page.get_latest_revision() or page.save_revision(user=user, clean=False))
    workflow = ensure_workflow()
    state = page.current_workflow_state
    if state and state.status == state.STATUS_NEEDS_CHANGES and state.workflow_id == workflow.pk:
        state.resume(user)
    else:
        if state:
            state.cancel(user=user)
        workflow.start(page, user)
    return page.rounds.open().get()


def refuse_taken_off(page: PracticePage) -> None:
    """What a moderator has hidden or its author withdrawn, experts do not make public again: the coordinator does."""
    if page.live:
        return
    if Withdrawal.objects.filter(practice=page).exists():
        raise NotReady({NON_FIELD_ERRORS: [_("The practice is withdrawn: the coordinator can bring it back.")]})
    last = ModerationAction.objects.about_being_seen().about(page).order_by("-pk").first()
    if last and last.action == ModerationAction.Action.HIDE:
        raise NotReady({NON_FIELD_ERRORS: [_("The coordinator has hidden this practice: write to them.")]})


def check(text: Revision) -> None:
    """Now, while its author can still mend it, rather than when the last expert accepts."""
    try:
        text.as_object().full_clean()
    except ValidationError as error:
        raise NotReady(error.message_dict) from error


def begin(*, task_state: TaskState, user: User | None) -> Round:
    """The round of a step of Wagtail's workflow that has just begun; called by `ReviewTask.start`."""
    page_id = int(task_state.workflow_state.object_id)
    hold_page(page_id)
    last = Round.objects.filter(practice=page_id).aggregate(last=Max("number"))["last"] or 0
    opened = Round.objects.create(
        practice_id=page_id,
        number=last + 1,
        task_state=task_state,
        revision=task_state.revision,
        submitted_by=user,
    )
    opened.deeds.create(deed=Deed.OPENED, by=user)
    filling.fill(opened)
    return opened


@transaction.atomic
def call_back(*, practice: PracticePage, user: User) -> Round:
    """The author takes the text back to change it; experts who read it are told.

    Raises:
        NotUnderReview: it was decided meanwhile, or was never submitted.
    """
    hold_page(practice.pk)
    opened = Round.objects.open().filter(practice=practice.pk).first()
    if opened is None:
        raise NotUnderReview(practice)
    # `closed_by_wagtail` hears of it and closes the round: the admin's own button takes the same way.
    opened.task_state.workflow_state.cancel(user=user)
    opened.refresh_from_db()
    return opened


def closed_by_wagtail(*, task_state: TaskState, user: User | None) -> None:
    """The step was cancelled: by the author, by the admin's button, or since another text was published."""
    opened = Round.objects.open().filter(task_state=task_state.pk).first()
    if opened:
        _close(lock_round(opened.pk), Outcome.CALLED_BACK, by=user)


@transaction.atomic
def decide(*, round: Round, outcome: str, by: User, note: str = "") -> Round:  # noqa: A002 - the domain's word
    """The coordinator decides, with or without the experts' verdicts.

    Raises:
        RoundClosed: it was decided before; nothing has changed.
        NoteNeeded: returned or rejected without a word to the author.
    """
    opened = lock_round(round.pk)
    if not opened.is_open:
        raise RoundClosed(opened)
    if outcome != Outcome.ACCEPTED and not note.strip():
        raise NoteNeeded(outcome)
    return _end(opened, Outcome(outcome), by=by, note=note.strip())


def advance(opened: Round) -> Step:
    """Does what the verdicts so far call for. The round is locked by the caller."""
    rules = ReviewSettings.load()
    called = opened.reviews.filter(is_extra=True).exists()
    step = settle(votes_of(opened), experts=rules.experts, gap=rules.gap, with_another=called)
    if step is Step.ANOTHER:
        filling.fill(opened, another=True)
    elif step is not Step.WAIT:
        _end(opened, Outcome(step.value))
    return step


def votes_of(opened: Round) -> list[Vote]:
    points: dict[int, dict[int, int]] = {}
    for score in Score.objects.filter(review__round=opened, review__state=Review.State.DONE):
        points.setdefault(score.review_id, {})[score.criterion_id] = score.points
    return [Vote(review.verdict, points.get(review.pk, {})) for review in opened.reviews.done()]


def _end(opened: Round, outcome: str, *, by: User | None = None, note: str = "") -> Round:
    """Closes the round, then moves Wagtail's workflow: an accepted text is published by that."""
    _close(opened, outcome, by=by, note=note)
    state = opened.task_state.specific
    if outcome == Outcome.ACCEPTED:
        state.approve(user=by, comment=note)
    else:
        state.reject(user=by, comment=note)
        if outcome == Outcome.REJECTED:
            state.workflow_state.cancel(user=by)
    return opened


def _close(opened: Round, outcome: str, *, by: User | None = None, note: str = "") -> None:
    opened.outcome, opened.closed_at, opened.note = outcome, timezone.now(), note
    is_decision = outcome != Outcome.CALLED_BACK
    opened.decided_by = by if is_decision else None
    opened.save(update_fields=["outcome", "closed_at", "note", "decided_by"])
    spared = list(opened.reviews.filter(state=Review.State.ASKED).select_related("expert"))
    opened.reviews.filter(state=Review.State.ASKED).update(state=Review.State.RELEASED)
    opened.deeds.create(deed=Deed.DECIDED if is_decision else Deed.CALLED_BACK, by=by, text=Outcome(outcome).label)
    letters.closed(opened, spared)
