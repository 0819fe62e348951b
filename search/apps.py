from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SearchConfig(AppConfig):
    name = "search"
    verbose_name = _("Search")

    def ready(self):
        from search.pages import tokens_of_pages  # noqa: PLC0415 - needs models
        from search.viewers import register_tokens  # noqa: PLC0415

        register_tokens(tokens_of_pages)
