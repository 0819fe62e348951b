from accounts.models.consents import Consent, ConsentText
from accounts.models.logs import Erasure, RoleChange
from accounts.models.users import Category, User, UserManager

__all__ = ["Category", "Consent", "ConsentText", "Erasure", "RoleChange", "User", "UserManager"]
