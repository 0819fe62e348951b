"""Papers of the bank that somebody must not see listed."""

from accounts.models import User
from certificates.models import CertificateQuerySet
from practices.authoring.permissions import practices_of
from practices.models import Review, Round
from practices.review.letters import CERTIFICATE


def without_own_experts(papers: CertificateQuerySet, user: User) -> CertificateQuerySet:
    """Who reviewed one's own practice is not told to a coordinator either."""
    rounds = Round.objects.filter(practice__in=practices_of(user).order_by().values("pk"))
    submitted = Round.objects.filter(submitted_by=user)
    reviews = Review.objects.filter(round__in=(rounds | submitted).values("pk")).exclude(expert=user)
    return papers.exclude(kind=CERTIFICATE, object_id__in=reviews.values("pk"))
