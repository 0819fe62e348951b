"""Complaining, deciding, hiding and showing again; each with its line in the log."""

from collections.abc import Iterable

from django.db import IntegrityError, models, transaction
from django.utils import timezone

from accounts.models import User
from moderation import registry, signals
from moderation.models import Complaint, ModerationAction
from moderation.registry import NothingToChange

DEEDS = {
    Complaint.State.UPHELD: ModerationAction.Action.UPHOLD,
    Complaint.State.DISMISSED: ModerationAction.Action.DISMISS,
}


class AlreadyComplained(Exception):  # noqa: N818 - named by what happened
    """This person's complaint about this object waits for its decision."""


class AlreadyDecided(Exception):  # noqa: N818
    """Somebody has decided on these complaints meanwhile."""


@transaction.atomic
def complain(
    *, obj: models.Model, reason: str, text: str, complainer: User | None = None, email: str = ""
) -> Complaint:
    """A complaint about an object that some module has registered; one of them a person at a time.

    Raises:
        AlreadyComplained: their earlier one is not decided yet.
    """
    known = registry.of(obj)
    try:
        with transaction.atomic():
            complaint = Complaint.objects.create(
                obj=obj,
                object_title=str(known.title(obj))[:500],
                object_url=known.url(obj),
                reason=reason,
                text=text,
                complainer=complainer,
                email=email.strip().lower(),
            )
    except IntegrityError as error:
        if "open_complaint_of" not in str(error):
            raise
        raise AlreadyComplained(obj) from error
    signals.complaint_made.send(Complaint, complaint=complaint)
    return complaint


@transaction.atomic
def decide(*, complaints: Iterable[Complaint], state: str, answer: str, by: User) -> list[Complaint]:
    """Upholds or dismisses complaints with one answer to all who made them.

    Raises:
        AlreadyDecided: at least one of them is not open any more; then none is touched.
    """
    wanted = [complaint.pk for complaint in complaints]
    found = list(Complaint.objects.select_for_update().filter(pk__in=wanted).order_by("pk"))
    if not found or any(not complaint.is_open for complaint in found):
        raise AlreadyDecided(wanted)
    for complaint in found:
        complaint.state, complaint.answer = state, answer
        complaint.decided_by, complaint.decided_at = by, timezone.now()
        complaint.save(update_fields=["state", "answer", "decided_by", "decided_at"])
        _log(complaint, DEEDS[state], by, answer)
        signals.complaint_answered.send(Complaint, complaint=complaint)
    return found


@transaction.atomic
def hide(*, complaint: Complaint, by: User, reason: str) -> ModerationAction:
    """Takes the object of a complaint out of readers' sight, as its module does it.

    Raises:
        NothingToChange: it is hidden already, not public for another reason, or gone.
    """
    known, obj = _held(complaint, hidden=False)
    known.hide(obj, by)
    action = _log(complaint, ModerationAction.Action.HIDE, by, reason)
    signals.object_hidden.send(known.model, obj=obj, action=action)
    return action


@transaction.atomic
def restore(*, complaint: Complaint, by: User, reason: str) -> ModerationAction:
    """Shows again what `hide` has hidden.

    Raises:
        NothingToChange: moderators have not hidden it, its owner has taken it back, or it is gone.
    """
    known, obj = _held(complaint, hidden=True)
    known.restore(obj, by)
    action = _log(complaint, ModerationAction.Action.RESTORE, by, reason)
    signals.object_restored.send(known.model, obj=obj, action=action)
    return action


def _held(complaint: Complaint, *, hidden: bool) -> tuple[registry.Complainable, models.Model]:
    """How to deal with the object and the object; all its complaints are locked, so two moderators take turns."""
    list(Complaint.objects.select_for_update().beside(complaint).order_by("pk"))
    known, obj = registry.of(complaint.content_type.model_class()), complaint.obj
    if known is None or obj is None or ModerationAction.objects.hides(complaint) is not hidden:
        raise NothingToChange(complaint)
    return known, obj


def _log(complaint: Complaint, action: str, by: User, reason: str) -> ModerationAction:
    return ModerationAction.objects.create(
        content_type=complaint.content_type,
        object_id=complaint.object_id,
        object_title=complaint.object_title,
        complaint=complaint,
        action=action,
        by=by,
        reason=reason,
    )
