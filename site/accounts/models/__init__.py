from accounts.models.consents import Consent, ConsentText
from accounts.models.users import Category, User, UserManager

__all__ = ["Category", "Consent", "ConsentText", "User", "UserManager"]
