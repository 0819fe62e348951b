"""All that happens to a review. Keyword-only, atomic, under row locks; failing by the names of `errors`."""

from practices.review.errors import (
    AlreadyPublished,
    AlreadyUnderReview,
    CannotReview,
    Incomplete,
    NoteNeeded,
    NotReady,
    NotUnderReview,
    NotYours,
    RoundClosed,
    Stale,
)
from practices.review.heard import comments_for_author

from .assigning import assign, decline, move, release, release_all
from .rounds import call_back, decide, open_round
from .writing import Written, finish_review, save_review

__all__ = [
    "AlreadyPublished",
    "AlreadyUnderReview",
    "CannotReview",
    "Incomplete",
    "NotReady",
    "NotUnderReview",
    "NotYours",
    "NoteNeeded",
    "RoundClosed",
    "Stale",
    "Written",
    "assign",
    "call_back",
    "comments_for_author",
    "decide",
    "decline",
    "finish_review",
    "move",
    "open_round",
    "release",
    "release_all",
    "save_review",
]
