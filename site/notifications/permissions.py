"""Letters that did not go are the coordinator's to settle; what is told to a person only that person sees."""

import rules

from accounts.permissions import is_coordinator

settles_letters = rules.is_active & is_coordinator

rules.add_perm("notifications.settle_letters", settles_letters)
