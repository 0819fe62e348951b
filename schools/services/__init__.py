"""How people come to their schools.

ask_to_join(user=…, school=…, position="учитель математики")    the person asks
confirm(memberships=[…], by=…), decline(membership=…, by=…, reason="…")    the coordinator or a representative answers
end_membership(membership=…, by=…)    the person works there no more
invite_staff(school=…, by=…, days=14), accept_invitation(user=…, code="…")    or the whole staff is let in by a link
"""

from .invitations import InvitationClosed, accept_invitation, invite_staff, revoke_invitation, standing_invitation
from .memberships import (
    AlreadyMember,
    NotYours,
    TooManyRequests,
    ask_to_join,
    confirm,
    decline,
    end_membership,
    name_representatives,
    take_back,
    user_school,
)

__all__ = [
    "AlreadyMember",
    "InvitationClosed",
    "NotYours",
    "TooManyRequests",
    "accept_invitation",
    "ask_to_join",
    "confirm",
    "decline",
    "end_membership",
    "invite_staff",
    "name_representatives",
    "revoke_invitation",
    "standing_invitation",
    "take_back",
    "user_school",
]
