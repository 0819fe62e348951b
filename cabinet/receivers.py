"""Complaints and certificates meet notifications here: above all three."""

from django.dispatch import receiver
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from cabinet import kinds
from certificates.models import Certificate
from certificates.signals import certificate_restored, certificate_revoked
from moderation import registry, signals
from moderation.models import Complaint, ModerationAction
from notifications.services import notify, send_letter
from practices.afterlife import people


@receiver(signals.complaint_made)
def tell_coordinators(complaint: Complaint, **kwargs):
    people.tell(
        people.coordinators(),
        kind=kinds.MADE,
        title=_("A complaint about “%(title)s”"),
        words={"title": complaint.object_title},
        text=complaint.get_reason_display(),
        url=reverse("moderation:complaint", args=[complaint.pk]),
        key=f"complaint-made-{complaint.pk}",
    )


@receiver(signals.complaint_answered)
def tell_complainer(complaint: Complaint, **kwargs):
    """The answer goes to the person, or to the address that a visitor has left."""
    with override("ru"):
        title = str(_("Your complaint about “%(title)s” is decided")) % {"title": complaint.object_title}
    key = f"complaint-answered-{complaint.pk}"
    if complaint.complainer:
        notify(
            recipients=[complaint.complainer],
            kind=kinds.ANSWERED,
            title=title,
            text=complaint.answer,
            url=complaint.object_url,
            key=key,
        )
    elif complaint.email:
        send_letter(to=complaint.email, title=title, text=complaint.answer, url=complaint.object_url, key=key)


@receiver(signals.object_hidden)
def tell_owners_of_hiding(obj, action: ModerationAction, **kwargs):
    tell_owners(obj, action, _("Hidden by the coordinator: “%(title)s”"))


@receiver(signals.object_restored)
def tell_owners_of_showing(obj, action: ModerationAction, **kwargs):
    tell_owners(obj, action, _("Shown again: “%(title)s”"))


def tell_owners(obj, action: ModerationAction, title) -> None:
    known = registry.of(obj)
    people.tell(
        known.owners(obj),
        kind=kinds.HIDDEN,
        title=title,
        words={"title": known.title(obj)},
        text=action.reason,
        url=reverse("cabinet:index"),
        key=f"moderation-{action.pk}",
    )


@receiver(certificate_revoked)
def tell_holder_of_revocation(certificate: Certificate, **kwargs):
    tell_holder(certificate, _("Your certificate is revoked: “%(title)s”"), certificate.revocation_reason)


@receiver(certificate_restored)
def tell_holder_of_restoring(certificate: Certificate, **kwargs):
    tell_holder(certificate, _("Your certificate is valid again: “%(title)s”"), "")


def tell_holder(certificate: Certificate, title, text: str) -> None:
    """Told anew of each turn: the log of the certificate counts them."""
    if certificate.holder:
        people.tell(
            [certificate.holder],
            kind=kinds.CERTIFICATE,
            title=title,
            words={"title": certificate.title},
            text=text,
            url=certificate.get_absolute_url(),
            key=f"certificate-{certificate.pk}-{certificate.changes.count()}",
        )
