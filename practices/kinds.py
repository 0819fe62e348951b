"""What becomes of practices after publication, as people are told of it, and the paper that authors get."""

from django.utils.translation import gettext_lazy as _

from certificates import kinds as papers
from notifications import kinds as news
from notifications.kinds import Frequency, Group, Kind

PUBLICATION = papers.Kind(
    "publication",
    title=_("Certificate of publication"),
    statement=_("author of a practice published in the city's bank of teaching practices"),
)

AT_ONCE = Frequency.AT_ONCE
NEWS = [
    Kind("practices.published", _("My practice is published"), Group.PRACTICES, AT_ONCE),
    Kind("practices.withdrawn", _("My practice is withdrawn or public again"), Group.PRACTICES, AT_ONCE),
    Kind("practices.reused", _("A colleague has tried my practice"), Group.PRACTICES),
    Kind("practices.report_answered", _("An author has answered my report"), Group.PRACTICES, AT_ONCE),
    Kind("practices.handed_over", _("A draft is handed over to me"), Group.PRACTICES, AT_ONCE),
    Kind("practices.coauthor_invited", _("An invitation to be a co-author"), Group.PRACTICES, AT_ONCE),
    Kind("practices.coauthor_answered", _("A co-author has answered"), Group.PRACTICES, AT_ONCE),
    Kind("practices.orphaned", _("A draft is left without an author"), Group.COORDINATION, roles={"coordinator"}),
]


def register() -> None:
    papers.register(PUBLICATION)
    news.register(*NEWS)
