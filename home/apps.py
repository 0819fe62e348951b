from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class HomeConfig(AppConfig):
    name = "home"
    verbose_name = _("Home")

    def ready(self):
        from accounts.roles import Role, grant  # noqa: PLC0415 - roles need the models
        from home import search  # noqa: PLC0415 - so does this

        for role in (Role.EDITOR, Role.COORDINATOR):
            grant(role, "home.change_sitesettings")
        search.ready()
