"""Search in Wagtail's admin."""

from wagtail.snippets.models import register_snippet

from search import reports  # noqa: F401 - registers its own hooks
from search.dictionary import SynonymViewSet

register_snippet(SynonymViewSet)
