from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.models import Site

from core.models import BasePage
from core.page_cache import remembered
from practices.views import BankViews


class BankPage(BankViews, BasePage):
    """The bank of practices: its page is its search."""

    max_count = 1
    parent_page_types = ["home.HomePage"]
    subpage_types = ["practices.PracticePage"]

    class Meta:
        verbose_name = _("bank of practices")

    @classmethod
    def address(cls, request: HttpRequest) -> str:
        """Where this site's bank is, for search fields and links; empty before there is one."""
        site = Site.find_for_request(request)
        if not site:
            return ""
        return remembered(("bank", site.pk, request.get_host()), lambda: cls._address(site, request))

    @classmethod
    def _address(cls, site: Site, request: HttpRequest) -> str:
        bank = cls.objects.descendant_of(site.root_page).live().first()
        return bank.get_url(request) if bank else ""
