"""What an author does with a practice before and between its publications.

A draft is a `PracticePage` whose latest revision is the text; `Submission` numbers its saves. Every service is
atomic and locks the page's row first, so that two writers, a writer and a reviewer, or two clicks take turns.
"""

from practices.authoring.content import UNTITLED, content_of, is_empty
from practices.authoring.reading import current_version, draft_of, is_under_review, submission_of

from .coauthors import (
    AlreadyAuthor,
    InvitationClosed,
    InvitationRefused,
    NoConsent,
    NotWhileUnderReview,
    accept_invitation,
    decline_invitation,
    invite_coauthor,
    leave,
    take_back_invitation,
)
from .missing import Missing, missing
from .submitting import NotReady, Readiness, let_stand, readiness, remove_places, submit
from .writing import (
    Locked,
    NotDiscardable,
    Stale,
    TooManyDrafts,
    copy_of,
    discard,
    is_discardable,
    put_over,
    save,
    start,
)

__all__ = [
    "UNTITLED",
    "AlreadyAuthor",
    "InvitationClosed",
    "InvitationRefused",
    "Locked",
    "Missing",
    "NoConsent",
    "NotDiscardable",
    "NotReady",
    "NotWhileUnderReview",
    "Readiness",
    "Stale",
    "TooManyDrafts",
    "accept_invitation",
    "content_of",
    "copy_of",
    "current_version",
    "decline_invitation",
    "discard",
    "draft_of",
    "invite_coauthor",
    "is_discardable",
    "is_empty",
    "is_under_review",
    "leave",
    "let_stand",
    "missing",
    "put_over",
    "readiness",
    "remove_places",
    "save",
    "start",
    "submission_of",
    "submit",
    "take_back_invitation",
]
