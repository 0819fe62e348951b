from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CabinetConfig(AppConfig):
    name = "cabinet"
    verbose_name = _("Cabinet")

    def ready(self):
        from cabinet import kinds, receivers  # noqa: F401, PLC0415 - receivers need the models

        kinds.register()
