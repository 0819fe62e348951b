"""Who looks after the staff of a school: the coordinator after all, a school's representatives after their own."""

import rules

from accounts.models import User
from accounts.permissions import is_coordinator
from schools.models import Membership, SchoolPage


@rules.predicate
def represents(actor: User, school: SchoolPage | None) -> bool:
    """Whether the person represents this school; without a school, whether any."""
    if not actor.is_authenticated:
        return False
    represented = Membership.objects.represented_by(actor)
    return (represented.filter(school=school) if school else represented).exists()


rules.add_perm("schools.manage_staff", rules.is_active & (is_coordinator | represents))
rules.add_perm("schools.name_representatives", rules.is_active & is_coordinator)
