from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SchoolsConfig(AppConfig):
    name = "schools"
    verbose_name = _("Schools")

    def ready(self):
        from core.sections import register  # noqa: PLC0415 - what needs the models waits for them
        from schools import notices, permissions, search  # noqa: F401, PLC0415
        from schools.sections import my_school  # noqa: PLC0415

        notices.register_kinds()
        search.ready()
        register("accounts.index", my_school, order=10)
