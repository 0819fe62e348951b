"""What stands written, and by which number."""

from accounts.models import User
from practices.choices import AuthorRole
from practices.models import PracticePage, Round, Submission


def draft_of(practice: PracticePage) -> PracticePage:
    """The practice as it is being written: its latest revision as an object, not to be saved by hand."""
    return practice.get_latest_revision_as_object()


def submission_of(practice: PracticePage) -> Submission:
    """The author's row of the practice; an unsaved one where it came by an import or the admin."""
    found = Submission.objects.filter(practice=practice).select_related("author", "saved_by").first()
    return found or Submission(practice=practice, version=0, revision_id=practice.latest_revision_id)


def first_author(practice: PracticePage) -> User | None:
    """Who answers for a practice that nobody has saved here yet: consultants and photographers do not."""
    made = {"authorships__page": practice, "authorships__role": AuthorRole.AUTHOR, "is_active": True}
    return User.objects.filter(**made).order_by("authorships__sort_order", "authorships__pk").first()


def current_version(practice: PracticePage, submission: Submission | None = None) -> int:
    """The number that a writer names when saving; greater by one where the text was changed by another door."""
    submission = submission or submission_of(practice)
    return submission.version + (submission.revision_id != practice.latest_revision_id)


def is_under_review(practice: PracticePage) -> bool:
    return Round.objects.filter(practice=practice, closed_at=None).exists()


def is_never_published(practice: PracticePage) -> bool:
    """Its row and its revision hold the same, since nobody reads the row."""
    return not practice.live and practice.first_published_at is None


def is_referred_to(revision) -> bool:
    """Whether somebody's decision stands on this very text, so that a save must not write over it."""
    return (
        Round.objects.filter(revision=revision).exists()
        or PracticePage.objects.filter(live_revision=revision).exists()
        or revision.approved_go_live_at is not None
        or revision.task_states.exists()
    )
