from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PracticesConfig(AppConfig):
    name = "practices"
    verbose_name = _("Bank of practices")

    def ready(self):
        # All of these need the models; most of them only have to be loaded, to hear what happens.
        from wagtail.models import ReferenceIndex  # noqa: PLC0415

        from certificates.desk import hide_from  # noqa: PLC0415
        from core import sections  # noqa: PLC0415
        from files.access import let_in  # noqa: PLC0415
        from practices import kinds, moderated, receivers, search  # noqa: F401, PLC0415
        from practices.afterlife import permissions  # noqa: F401, PLC0415
        from practices.afterlife import receivers as afterlife  # noqa: F401, PLC0415
        from practices.afterlife.papers import without_own_experts  # noqa: PLC0415
        from practices.authoring.permissions import opens_file  # noqa: PLC0415
        from practices.inspection import receivers as inspection  # noqa: F401, PLC0415
        from practices.models import Adoption  # noqa: PLC0415
        from practices.review import connections  # noqa: F401, PLC0415
        from practices.sections import practices_of_school  # noqa: PLC0415

        kinds.register()
        moderated.register_all()
        search.ready()
        sections.register("schools.school", practices_of_school)
        let_in(opens_file)
        hide_from(without_own_experts)
        # A report shows its file, so the file is open to those who read the report: `files.access` asks this index.
        ReferenceIndex.register_model(Adoption)
