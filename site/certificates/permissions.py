"""Who may revoke papers: the coordinator."""

import rules

from accounts.permissions import is_coordinator

rules.add_perm("certificates.revoke", rules.is_active & is_coordinator)
