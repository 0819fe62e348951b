from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PracticesConfig(AppConfig):
    name = "practices"
    verbose_name = _("Bank of practices")

    def ready(self):
        from core import sections  # noqa: PLC0415 - everything here needs the models
        from practices import receivers, search  # noqa: F401, PLC0415
        from practices.sections import practices_of_school  # noqa: PLC0415

        search.ready()
        sections.register("schools.school", practices_of_school)
