from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class NotificationsConfig(AppConfig):
    name = "notifications"
    verbose_name = _("Notifications")

    def ready(self):
        from notifications import permissions  # noqa: F401, PLC0415 - rules need the models
        from notifications.kinds import Frequency, Group, Kind, register  # noqa: PLC0415 - needs the settings
        from notifications.services.settling import TROUBLED_LETTERS  # noqa: PLC0415

        register(
            Kind(TROUBLED_LETTERS, _("letters that did not go"), Group.COORDINATION, Frequency.DAILY, {"coordinator"})
        )
