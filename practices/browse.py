"""The bank's page as an address: the search of practices, whole or within a tag or a subject."""

from dataclasses import dataclass
from typing import ClassVar, Self

from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.templatetags.house import number
from search import browsing
from search.registry import Facet


@dataclass
class Browsing(browsing.Browsing):
    """One reading of the bank's address; `bank` is its page."""

    bank: object = None

    region: ClassVar[str] = "bank"
    answers_typing: ClassVar[bool] = True

    @classmethod
    def asked_by(cls, request: HttpRequest, bank, within: dict[str, list[str]] | None = None) -> Self:
        return cls.read(request, kind="practice", kinds=["practice"], within=within or {}, bank=bank)

    def counted(self, total: int) -> str:
        return ngettext("%(shown)s practice", "%(shown)s practices", total) % {"shown": number(total)}

    def more_than(self, total: int) -> str:
        return _("More than %(shown)s practices") % {"shown": number(total)}

    def show_counted(self, total: int) -> str:
        return ngettext("Show %(shown)s practice", "Show %(shown)s practices", total) % {"shown": number(total)}

    def all_label(self) -> str:
        return _("look through all practices from the newest")

    def all_values_url(self, facet: Facet) -> str:
        return f"{self.bank.get_url(self.request)}tags/" if facet.name == "tag" else ""

    def context(self) -> dict:
        """With the feed of what the page is within."""
        page_url = self.request.path if self.within else self.bank.get_url(self.request)
        return super().context() | {"feed_url": page_url + "feed/"}
