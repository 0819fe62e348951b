"""What may stand in the way of a review, each by its name."""


class ReviewRefusal(Exception):  # noqa: N818 - named by what happened
    """Something about a review cannot be done now."""


class AlreadyUnderReview(ReviewRefusal):
    """The practice has an open round."""


class NotUnderReview(ReviewRefusal):
    """There is no round to call back: it was decided meanwhile, or never opened."""


class NotReady(ReviewRefusal):
    """The text cannot be published as it is; `faults` is `{field: [message]}`."""

    def __init__(self, faults: dict[str, list[str]]) -> None:
        super().__init__(faults)
        self.faults = faults


class RoundClosed(ReviewRefusal):
    """The round was decided before this came: nothing has changed. `round` says how."""

    def __init__(self, ended) -> None:
        super().__init__(ended)
        self.round = ended


class NotDecided(ReviewRefusal):
    """Somebody would publish what is still under review."""


class AlreadyPublished(ReviewRefusal):
    """The reviewed text is public already."""


class NotYours(ReviewRefusal):
    """The review is no longer this expert's: declined, taken over, or finished. `review` says which."""

    def __init__(self, review) -> None:
        super().__init__(review)
        self.review = review


class Stale(ReviewRefusal):
    """The review was saved elsewhere since; `current` is the review as it stands."""

    def __init__(self, current) -> None:
        super().__init__(current)
        self.current = current


class Incomplete(ReviewRefusal):
    """A verdict lacks something; `lacks` is `{field: message}` by the names of `practices.review.forms`."""

    def __init__(self, lacks: dict[str, str]) -> None:
        super().__init__(lacks)
        self.lacks = lacks


class CannotReview(ReviewRefusal):
    """This person may not review this practice: its author, of its author's school, or no expert at all."""


class NoteNeeded(ReviewRefusal):
    """A coordinator who returns or rejects says why."""
