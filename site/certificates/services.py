"""Giving papers and taking them back."""

from datetime import date

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db import models, transaction
from django.utils import timezone

from accounts.models import User
from certificates import kinds, signals
from certificates.models import Certificate, CertificateChange


class AlreadyRevoked(Exception):  # noqa: N818 - named by what happened
    """Somebody has revoked this paper meanwhile."""


class NotRevoked(Exception):  # noqa: N818
    """The paper is valid: there is nothing to give back."""


@transaction.atomic
def issue(
    *,
    kind: str,
    holder: User,
    title: str,
    obj: models.Model,
    url: str,
    school: str = "",
    position: str | None = None,
    on: date | None = None,
) -> Certificate:
    """A paper for what the holder did with `obj`, or the one given for it before, as it was then, even if revoked.

    `url` leads to the work for good: a path of the portal or a full address. Without `position` the holder's present
    one is written down, without `on` today's date.

    Raises:
        kinds.UnknownKind: no module registered it.
    """
    kinds.kind_of(kind)
    certificate, _created = Certificate.objects.get_or_create(
        kind=kind,
        holder=holder,
        content_type=ContentType.objects.get_for_model(obj, for_concrete_model=True),
        object_id=obj.pk,
        defaults={
            "holder_name": holder.get_full_name(),
            "position": holder.position if position is None else position,
            "school": school,
            "title": title,
            "url": settings.BASE_URL + url if url.startswith("/") else url,
            "issued_on": on or timezone.localdate(),
        },
    )
    return certificate


@transaction.atomic
def revoke(*, certificate: Certificate, by: User, reason: str) -> Certificate:
    """Takes the paper back: its page says so and why, its PDF is given no more.

    Raises:
        AlreadyRevoked: it was revoked before.
    """
    certificate = _locked(certificate)
    if certificate.is_revoked:
        raise AlreadyRevoked(certificate)
    certificate.revoked_at, certificate.revoked_by, certificate.revocation_reason = timezone.now(), by, reason
    return _record(certificate, CertificateChange.Action.REVOKED, by, reason, signals.certificate_revoked)


@transaction.atomic
def restore(*, certificate: Certificate, by: User, reason: str) -> Certificate:
    """Undoes a revocation; the log keeps both.

    Raises:
        NotRevoked: it is valid.
    """
    certificate = _locked(certificate)
    if not certificate.is_revoked:
        raise NotRevoked(certificate)
    certificate.revoked_at, certificate.revoked_by, certificate.revocation_reason = None, None, ""
    return _record(certificate, CertificateChange.Action.RESTORED, by, reason, signals.certificate_restored)


def _locked(certificate: Certificate) -> Certificate:
    return Certificate.objects.select_for_update().get(pk=certificate.pk)


def _record(certificate: Certificate, action: str, by: User, reason: str, signal) -> Certificate:
    certificate.save(update_fields=["revoked_at", "revoked_by", "revocation_reason"])
    CertificateChange.objects.create(certificate=certificate, action=action, by=by, reason=reason)
    signal.send(Certificate, certificate=certificate)
    return certificate
