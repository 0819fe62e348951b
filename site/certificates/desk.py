"""What the coordinator's register shows to whom: other modules say which papers are not for a person's eyes."""

from collections.abc import Callable

from accounts.models import User
from certificates.models import Certificate, CertificateQuerySet

_hidings: list[Callable[[CertificateQuerySet, User], CertificateQuerySet]] = []


def hide_from(hiding: Callable[[CertificateQuerySet, User], CertificateQuerySet]) -> None:
    """Call it in `AppConfig.ready`; `hiding` gives the papers back without those that this person must not see."""
    if hiding not in _hidings:
        _hidings.append(hiding)


def register_for(user: User) -> CertificateQuerySet:
    """All papers ever given that this person may see listed."""
    papers = Certificate.objects.all()
    for hiding in _hidings:
        papers = hiding(papers, user)
    return papers
