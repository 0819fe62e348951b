from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SearchConfig(AppConfig):
    name = "search"
    verbose_name = _("Search")

    def ready(self):
        from core.shared_pages import tell_apart  # noqa: PLC0415
        from search.pages import tokens_of_pages  # noqa: PLC0415 - needs models
        from search.viewers import register_tokens, tokens_of  # noqa: PLC0415

        register_tokens(tokens_of_pages)
        tell_apart(lambda request: tuple(tokens_of(request)))
