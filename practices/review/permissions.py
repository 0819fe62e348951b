"""Who may see and do what in a review.

| who                                     | expert's page | write, decline | history | queue, round, its deeds |
|-----------------------------------------|---------------|----------------|---------|-------------------------|
| the expert asked for it                 |      +        |       +        |    –    |           –             |
| an expert who declined, or was replaced |  + (own text) |       –        |    –    |           –             |
| another expert                          |      –        |       –        |    –    |           –             |
| author, co-author                       |      –        |       –        |    +    |           –             |
| coordinator                             |      –        |       –        |    +    |           +             |
| coordinator who is an author of it      |      –        |       –        |    +    |           –             |

What one may not see is «not found»: that a practice is under review, and by whom, is nobody's business.
"""

import rules

from accounts.models import User
from accounts.permissions import is_coordinator, is_expert
from files.models import PortalDocument
from practices.authoring.permissions import is_writer
from practices.diff import documents_of
from practices.models import PracticePage, Review, Round


@rules.predicate
def submitted_it(user: User, reviewed: Round | None) -> bool:
    return reviewed is not None and reviewed.submitted_by_id == user.pk


@rules.predicate
def wrote_it(user: User, reviewed: Round | None) -> bool:
    return reviewed is not None and is_writer(user, reviewed.practice)


@rules.predicate
def was_asked(user: User, review: Review | None) -> bool:
    return review is not None and review.expert_id == user.pk


@rules.predicate
def is_stranger(user: User, practice: PracticePage | None) -> bool:
    return practice is None or not is_writer(user, practice)


rules.add_perm("practices.review_practices", rules.is_active & is_expert)
rules.add_perm("practices.read_review", rules.is_active & is_expert & was_asked)
rules.add_perm("practices.read_history", rules.is_active & (is_writer | is_coordinator))
rules.add_perm("practices.coordinate_reviews", rules.is_active & is_coordinator)
rules.add_perm("practices.coordinate_round", rules.is_active & is_coordinator & ~wrote_it & ~submitted_it)
rules.add_perm("practices.decide_on_practice", rules.is_active & is_coordinator & is_stranger)


def reads_file(user: User, document: PortalDocument) -> bool:
    """Experts open the files of what they are asked to read, coordinators of all that is under review."""
    if is_coordinator(user):
        rounds = Round.objects.open()
    elif is_expert(user):
        asked = Review.objects.filter(expert=user, state__in=[Review.State.ASKED, Review.State.DONE])
        rounds = Round.objects.filter(reviews__in=asked)
    else:
        return False
    return any(document.pk in documents_of(each.revision.as_object()) for each in rounds.select_related("revision"))
