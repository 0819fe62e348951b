"""Rights over a single person; rights of the roles are in `roles`."""

import rules

from accounts.models import User


@rules.predicate
def is_within_reach(actor: User, person: User | None) -> bool:
    """Nobody but a superuser may touch a superuser: who can change an address can take the account."""
    return actor.is_superuser or person is None or not person.is_superuser


rules.add_perm("accounts.manage_person", rules.is_active & is_within_reach)
