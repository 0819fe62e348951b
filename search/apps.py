from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

#: Who edits pages promotes them, and reads what people do not find.
PROMOTING = [f"wagtailsearchpromotions.{action}_searchpromotion" for action in ("add", "change", "delete")]


class SearchConfig(AppConfig):
    name = "search"
    verbose_name = _("Search")

    def ready(self):
        from accounts.roles import Role, all_of, grant  # noqa: PLC0415
        from core.shared_pages import tell_apart  # noqa: PLC0415
        from search.pages import tokens_of_pages  # noqa: PLC0415 - needs models
        from search.saved import kinds  # noqa: PLC0415
        from search.viewers import register_tokens, tokens_of  # noqa: PLC0415

        register_tokens(tokens_of_pages)
        tell_apart(lambda request: tuple(tokens_of(request)))
        kinds.register()
        for role in (Role.EDITOR, Role.COORDINATOR):
            grant(role, "search.view_querymiss", *PROMOTING, *all_of("search.synonymgroup"))
