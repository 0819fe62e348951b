"""The bank in Wagtail's admin."""

from wagtail import hooks
from wagtail.snippets.models import register_snippet

from practices.admin.listing import PracticeListing
from practices.admin.tags import MergeTags, TagViewSet
from practices.review.admin import CriterionViewSet

register_snippet(TagViewSet)
register_snippet(CriterionViewSet)
hooks.register("register_bulk_action", MergeTags)


@hooks.register("register_admin_viewset")
def register_practices():
    return PracticeListing("practices")
