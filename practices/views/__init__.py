"""What a visitor gets at the addresses of the bank and of a practice.

Mixins of the page models, so that Wagtail routes, restricts and previews them: an address below a
page is never open to somebody who may not open the page.
"""

from .bank import BankViews
from .practice import PracticeViews

__all__ = ["BankViews", "PracticeViews"]
