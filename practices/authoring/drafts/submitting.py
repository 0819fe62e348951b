"""From a draft to the experts: what the portal looks at first, what the author declares, and the hand-over."""

import json
from collections.abc import Iterable
from dataclasses import dataclass

from django.db import transaction

from accounts.models import ConsentText, User
from accounts.services.consents import has_consent
from core.text import address
from files.models import PortalImage
from practices.authoring import content as contents
from practices.authoring.cards.body import pruned
from practices.authoring.drafts.missing import Missing, missing_in
from practices.authoring.drafts.writing import locked, locked_submission, put
from practices.authoring.reading import draft_of, is_never_published
from practices.inspection import Finding, inspect, needs_pupils_consent
from practices.inspection.duplicates import Near, near
from practices.inspection.fixes import remove_gps
from practices.models import CoauthorInvitation, PracticePage, Round, Submission
from practices.review.services import open_round
from practices.views.bank import RESERVED_SLUGS
from schools.services import user_school


class NotReady(Exception):  # noqa: N818 - named by what happened
    """Something stands before the submission: `readiness` says what."""

    def __init__(self, readiness: "Readiness"):
        super().__init__(readiness)
        self.readiness = readiness


@dataclass(frozen=True)
class Readiness:
    """What stands between a text and the experts."""

    missing: list[Missing]
    #: Each with whether the author has let it stand.
    findings: list[tuple[Finding, bool]]
    near: list[Near]
    asks_pupils_consent: bool
    submission: Submission
    has_consent: bool
    #: Somebody has confirmed who this is: anybody with a mailbox may write, not everybody may ask for experts' time.
    is_known: bool
    waiting: list[CoauthorInvitation]

    @property
    def needed(self) -> list[Missing]:
        return [each for each in self.missing if each.needed]

    @property
    def unseen(self) -> list[Finding]:
        return [finding for finding, is_seen in self.findings if not is_seen]

    @property
    def lacks_declarations(self) -> bool:
        pupils = self.asks_pupils_consent and not self.submission.pupils_consent
        return pupils or not self.submission.rights_declared

    @property
    def is_ready(self) -> bool:
        return self.is_known and self.has_consent and not (self.needed or self.unseen or self.lacks_declarations)


def readiness(*, practice: PracticePage, user: User) -> Readiness:
    """Looked at anew each time: nothing of it is kept."""
    draft = draft_of(practice)
    submission = Submission.objects.filter(practice=practice).first() or Submission(practice=practice, version=0)
    seen = set(submission.seen_findings)
    return Readiness(
        missing=missing_in(draft),
        findings=[(finding, finding.key in seen) for finding in inspect(draft)],
        near=near(draft),
        asks_pupils_consent=needs_pupils_consent(draft),
        submission=submission,
        has_consent=has_consent(user, ConsentText.Kind.DISTRIBUTION),
        is_known=user.is_superuser or bool(user.role_codes) or user_school(user) is not None,
        waiting=list(CoauthorInvitation.objects.filter(submission=practice.pk, state="sent").order_by("pk")),
    )


@transaction.atomic
def let_stand(*, practice: PracticePage, user: User, keys: Iterable[str]) -> None:
    """The author has seen these findings and lets them stand; keys of what was not found are passed over."""
    submission = locked_submission(locked(practice), user)
    found = [finding.key for finding in inspect(draft_of(practice))]
    submission.seen_findings = [key for key in found if key in {*submission.seen_findings, *keys}]
    submission.save()


@transaction.atomic
def remove_places(*, practice: PracticePage, image_id: int) -> bool:
    """Take the place out of a picture of this text, if it was found there. Whether something was done."""
    offered = {
        finding.fix["image"]
        for finding in inspect(draft_of(practice))
        if finding.fix and finding.fix.get("action") == "remove_gps"
    }
    if image_id not in offered:
        return False
    remove_gps(PortalImage.objects.get(pk=image_id))
    return True


@transaction.atomic
def submit(*, practice: PracticePage, user: User, declared: dict[str, bool] | None = None) -> Round:
    """Hand the latest text over to the experts. A second click finds the round that the first one opened.

    `declared`: what the author says of this very text (`rights`, `pupils`); left out: as said before.

    Raises:
        NotReady: something is missing, found, or not declared.
    """
    practice = locked(practice)
    if under_way := Round.objects.filter(practice=practice, closed_at=None).first():
        return under_way
    submission = locked_submission(practice, user)
    if declared is not None:
        submission.rights_declared, submission.pupils_consent = declared["rights"], declared["pupils"]
    submission.save()
    ready = readiness(practice=practice, user=user)
    if not ready.is_ready:
        raise NotReady(ready)
    draft = draft_of(practice)
    draft.body = json.dumps(pruned(contents.raw_body(draft)))
    if is_never_published(draft) and draft.slug.startswith("draft-"):
        draft.slug = free_address(draft)
    put(submission, draft, user, anew=True)
    return open_round(practice=practice, user=user)


def free_address(draft: PracticePage) -> str:
    """A readable last part of the address that no other practice has."""
    wanted = address(draft.title)
    taken = set(draft.get_siblings(inclusive=False).filter(slug__startswith=wanted).values_list("slug", flat=True))
    tries = [wanted, *(f"{wanted}-{number}" for number in range(2, len(taken) + 3))]
    return next(slug for slug in tries if slug not in taken | RESERVED_SLUGS)
