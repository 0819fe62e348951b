"""The vocabulary in which the portal asks for practices."""

from django.db.models import Prefetch
from wagtail.models import PageManager, PageQuerySet

from files.models import PortalImage

#: The sizes in which a cover is shown: half the text column, and twice that for sharp screens.
COVER_FILTERS = [f"width-{width}|format-{form}" for form in ("avif", "webp") for width in (480, 960)]

#: The size that messengers show of an address.
SHARE_FILTER = "fill-1200x630|format-jpeg"


class PracticeQuerySet(PageQuerySet):
    """Practices, by the questions that pages ask."""

    def for_cards(self) -> "PracticeQuerySet":
        """With all that a card shows, in a constant number of queries."""
        return (
            self.live()
            .select_related("school", "statistics", "distinction")
            .prefetch_related("subjects", "authors__user")
            .defer("body", "problem", "results", "did_not_work")
        )

    def with_covers(self) -> "PracticeQuerySet":
        """With the cover's renditions that are made already."""
        covers = PortalImage.objects.prefetch_renditions(*COVER_FILTERS)
        return self.prefetch_related(Prefetch("share_image", covers))

    def for_index(self) -> "PracticeQuerySet":
        """With all that search keeps of a practice."""
        return (
            self.live()
            .select_related("school", "statistics", "distinction")
            .prefetch_related("subjects", "tagged_items__tag", "authors__user", "materials__document")
        )


PracticeManager = PageManager.from_queryset(PracticeQuerySet)
