"""Who decides on complaints: the coordinator."""

import rules

from accounts.permissions import is_coordinator

rules.add_perm("moderation.decide", rules.is_active & is_coordinator)
