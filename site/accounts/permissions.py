"""Who a person is here, for the rules of every module, and the rights over people; rights in the admin: `roles`.

A superuser's powers are permissions, not roles: what a coordinator may, a superuser may, so `is_coordinator` holds
for both. The other roles say what a person does here, and hold for those who were given them by name.
"""

import rules

from accounts.models import User
from accounts.roles import Role


@rules.predicate
def is_coordinator(actor: User) -> bool:
    return actor.is_authenticated and (actor.is_superuser or actor.has_role(Role.COORDINATOR))


@rules.predicate
def is_expert(actor: User) -> bool:
    return actor.is_authenticated and actor.has_role(Role.EXPERT)


@rules.predicate
def is_teacher(actor: User) -> bool:
    return actor.is_authenticated and actor.has_role(Role.TEACHER)


@rules.predicate
def is_editor(actor: User) -> bool:
    return actor.is_authenticated and actor.has_role(Role.EDITOR)


@rules.predicate
def is_curator(actor: User) -> bool:
    return actor.is_authenticated and actor.has_role(Role.CURATOR)


@rules.predicate
def is_within_reach(actor: User, person: User | None) -> bool:
    """Nobody but a superuser may touch a superuser: who can change an address can take the account."""
    return actor.is_superuser or person is None or not person.is_superuser


rules.add_perm("accounts.manage_person", rules.is_active & is_within_reach)
rules.add_perm("accounts.manage_roles", rules.is_active & is_coordinator)
