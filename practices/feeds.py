"""Atom feeds of the newest practices: of all, of a subject, of a tag."""

from dataclasses import dataclass

from django.conf import settings
from django.contrib.syndication.views import Feed
from django.http import HttpRequest
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import gettext as _

from core.models import Subject, Tag
from search.finding import find
from search.query import SearchRequest
from search.results import Hit

NEWEST = 30


@dataclass(frozen=True)
class Topic:
    """What a feed is of: the whole bank, or one subject or tag of it."""

    bank: object
    tag: Tag | None
    subject: Subject | None

    @property
    def filters(self) -> dict[str, list[str]]:
        chosen = {"tag": self.tag, "subject": self.subject}
        return {name: [item.slug] for name, item in chosen.items() if item}

    @property
    def address(self) -> str:
        base = self.bank.get_url()
        if self.tag:
            return f"{base}tags/{self.tag.slug}/"
        if self.subject:
            return f"{base}subjects/{self.subject.slug}/"
        return base


class PracticeFeed(Feed):
    """Only what everybody may read: a feed reader signs in nowhere."""

    feed_type = Atom1Feed

    def get_object(self, request: HttpRequest, bank, tag: Tag | None, subject: Subject | None) -> Topic:
        return Topic(bank, tag, subject)

    def title(self, topic: Topic) -> str:
        if topic.tag or topic.subject:
            return _("New practices: %(topic)s") % {"topic": topic.tag or topic.subject}
        return _("New practices of the portal «Империя школ»")

    def subtitle(self, topic: Topic) -> str:
        return topic.bank.summary

    def link(self, topic: Topic) -> str:
        return topic.address

    def feed_url(self, topic: Topic) -> str:
        return f"{topic.address}feed/"

    def items(self, topic: Topic) -> list[Hit]:
        asked = SearchRequest(kinds=["practice"], filters=topic.filters, sort="newest", size=NEWEST, with_facets=False)
        return find(asked).hits

    def item_title(self, hit: Hit) -> str:
        return hit.title

    def item_description(self, hit: Hit) -> str:
        return hit.summary

    def item_link(self, hit: Hit) -> str:
        return f"{settings.BASE_URL}{hit.url}"

    def item_pubdate(self, hit: Hit):
        return hit.date

    def item_updateddate(self, hit: Hit):
        return hit.date
