"""What search engines should know of: every public page, a few thousand to a file."""

from django.contrib.sitemaps import Sitemap
from wagtail.models import Page, PageQuerySet


class PublicPages(Sitemap):
    """Live pages that nobody needs to sign in for, those of the newest text first."""

    limit = 5_000

    def items(self) -> PageQuerySet:
        pages = Page.objects.live().public().filter(depth__gt=1).exclude(last_published_at=None)
        return pages.order_by("-last_published_at", "pk").only("url_path", "last_published_at", "path", "depth")

    def location(self, page: Page) -> str:
        return page.get_url()

    def lastmod(self, page: Page):
        return page.last_published_at


SITEMAPS = {"pages": PublicPages}
