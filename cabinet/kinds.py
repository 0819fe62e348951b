"""What people are told of complaints and certificates: their own modules know no notifications."""

from django.utils.translation import gettext_lazy as _

from notifications import kinds
from notifications.kinds import Frequency, Group, Kind

MADE = "complaints.made"
ANSWERED = "complaints.answered"
HIDDEN = "complaints.hidden"
CERTIFICATE = "certificates.revoked"


def register() -> None:
    kinds.register(
        Kind(MADE, _("Somebody has complained"), Group.COORDINATION, Frequency.AT_ONCE, roles={"coordinator"}),
        Kind(ANSWERED, _("My complaint is decided"), Group.COMPLAINTS, Frequency.AT_ONCE),
        Kind(HIDDEN, _("Something of mine is hidden or shown again"), Group.COMPLAINTS, Frequency.AT_ONCE),
        Kind(CERTIFICATE, _("My certificate is revoked or valid again"), Group.PRACTICES, Frequency.AT_ONCE),
    )
