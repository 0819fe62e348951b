"""All kinds of cards, in the order in which they are offered."""

from .base import Card
from .documents import DocumentCard
from .pictures import GalleryCard, PictureCard
from .tables import TableCard
from .texts import CalloutCard, EmbedCard, ProseCard, StepCard

KINDS: dict[str, type[Card]] = {
    card.type: card
    for card in (ProseCard, StepCard, PictureCard, TableCard, GalleryCard, DocumentCard, CalloutCard, EmbedCard)
}
