from django.utils.translation import gettext_lazy as _

from notifications import kinds
from notifications.kinds import Group, Kind

NEWS = "search.news"


def register() -> None:
    kinds.register(Kind(NEWS, _("New results of my saved searches"), Group.SEARCHES))
