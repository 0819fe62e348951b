from schools.models.memberships import Membership, SchoolInvitation
from schools.models.pages import SchoolIndexPage, SchoolPage

__all__ = ["Membership", "SchoolIndexPage", "SchoolInvitation", "SchoolPage"]
