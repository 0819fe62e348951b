from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import MultiFieldPanel
from wagtail.models import Page


class BasePage(Page):
    """What every page of the portal says of itself to lists, search engines and messengers."""

    summary = models.TextField(
        _("summary"),
        max_length=500,
        blank=True,
        help_text=_("One to three sentences: shown in lists, in search and when the address is shared."),
    )
    share_image = models.ForeignKey(
        "files.PortalImage",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        verbose_name=_("picture"),
        help_text=_("Shown in lists and when the address is shared."),
    )

    #: Nothing on it depends on who reads: see core.shared_pages.
    is_same_for_all = True

    content_panels = [*Page.content_panels, "summary"]
    promote_panels = [
        MultiFieldPanel(["slug", "seo_title", "search_description", "share_image"], _("For search engines")),
        MultiFieldPanel(["show_in_menus"], _("Menus")),
    ]

    class Meta:
        abstract = True

    def get_context(self, request: HttpRequest, *args, **kwargs) -> dict:
        """Adds `breadcrumbs`: `[{title, url}]` of the pages above, the home page first, this one left out."""
        above = self.get_ancestors().filter(depth__gt=1).live()
        breadcrumbs = [{"title": page.title, "url": page.get_url(request)} for page in above]
        return {**super().get_context(request, *args, **kwargs), "breadcrumbs": breadcrumbs}

    @property
    def description(self) -> str:
        """The text of the `description` meta tag."""
        return self.search_description or self.summary
