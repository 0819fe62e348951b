"""Who may do what with a practice after its publication, and with reports of its reuse."""

import rules

from accounts.models import User
from accounts.permissions import is_coordinator, is_teacher
from practices.choices import AuthorRole
from practices.models import Adoption, PracticeAuthor, PracticePage, Submission


@rules.predicate
def teaches(user: User) -> bool:
    """Somebody who teaches here: by role (a confirmed membership gives it) or by the membership itself."""
    return is_teacher(user) or user.memberships.confirmed().exists()


@rules.predicate
def is_author(user: User, practice: PracticePage | None) -> bool:
    """One of those who made it, or who answers for it; a photographer or a consultant is not."""
    return practice is not None and (
        PracticeAuthor.objects.filter(page=practice, user=user, role=AuthorRole.AUTHOR).exists()
        or Submission.objects.filter(practice=practice, author=user).exists()
    )


@rules.predicate
def is_named_in(user: User, practice: PracticePage | None) -> bool:
    """Named among those who made it, in whichever role: a reuse by them is no reuse."""
    return practice is not None and PracticeAuthor.objects.filter(page=practice, user=user).exists()


@rules.predicate
def is_live(user: User, practice: PracticePage | None) -> bool:
    return practice is not None and practice.live


@rules.predicate
def made_the_report(user: User, adoption: Adoption | None) -> bool:
    return adoption is not None and adoption.teacher_id == user.pk and adoption.hidden_at is None


@rules.predicate
def is_told_of_the_report(user: User, adoption: Adoption | None) -> bool:
    return adoption is not None and adoption.hidden_at is None and is_author(user, adoption.practice)


active = rules.is_active
rules.add_perm("practices.report_reuse", active & teaches)
rules.add_perm("practices.report_reuse_of", active & teaches & is_live & ~is_author & ~is_named_in)
rules.add_perm("practices.change_report", active & made_the_report)
rules.add_perm("practices.answer_report", active & is_told_of_the_report)
rules.add_perm("practices.see_any_report", active & is_coordinator)
rules.add_perm("practices.look_after", active & (is_author | is_coordinator))
rules.add_perm("practices.withdraw", active & is_live & (is_author | is_coordinator))
rules.add_perm("practices.bring_back", active & is_coordinator)
rules.add_perm("practices.hand_over", active & is_coordinator)
