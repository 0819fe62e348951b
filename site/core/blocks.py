"""What a teacher composes a text from. Their templates are in `templates/core/blocks/`."""

import re
from urllib.parse import urlsplit

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.contrib.typed_table_block.blocks import TypedTableBlock
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.images.blocks import ImageChooserBlock

PROSE_FEATURES = ["h3", "h4", "bold", "italic", "ol", "ul", "blockquote", "link", "document-link"]
INLINE_FEATURES = ["bold", "italic", "link", "ol", "ul"]


class ProseBlock(blocks.RichTextBlock):
    """Running text with headings, lists, quotes and links."""

    def __init__(self, **kwargs):
        super().__init__(**{"features": PROSE_FEATURES, **kwargs})

    class Meta:
        icon = "pilcrow"
        label = _("Text")
        template = "core/blocks/prose.html"
        preview_value = "<h3>Как мы начали</h3><p>Первые десять минут урока класс работает в парах.</p>"
        description = _("Headings, paragraphs, lists, quotes and links")


class StepBlock(blocks.StructBlock):
    """One step of a lesson or an event: what happens and how many minutes it takes."""

    title = blocks.CharBlock(label=_("What happens"), max_length=200)
    minutes = blocks.IntegerBlock(label=_("Minutes"), required=False, min_value=1, max_value=600)
    text = blocks.RichTextBlock(label=_("How"), features=INLINE_FEATURES)

    class Meta:
        icon = "order"
        label = _("Step")
        template = "core/blocks/step.html"
        preview_value = {"title": "Разложи поровну", "minutes": 8, "text": "<p>Пары раскладывают пуговицы.</p>"}
        description = _("A step of a lesson with its time")


class TableBlock(blocks.StructBlock):
    """A table with a header row."""

    table = TypedTableBlock([("text", blocks.CharBlock(required=False))], label=_("Table"))

    def get_preview_value(self):
        columns = [{"type": "text", "heading": "Этап"}, {"type": "text", "heading": "Минуты"}]
        rows = [{"values": ["Повторение", "7"]}, {"values": ["Работа в парах", "15"]}]
        return self.to_python({"table": {"columns": columns, "rows": rows, "caption": "Ход урока"}})

    class Meta:
        icon = "table"
        label = _("Table")
        template = "core/blocks/table.html"
        description = _("Rows and columns with a caption")


class PictureBlock(blocks.StructBlock):
    """A picture with words for those who do not see it."""

    image = ImageChooserBlock(label=_("Picture"))
    alt = blocks.CharBlock(label=_("What is on it, for those who do not see"), max_length=250)
    caption = blocks.CharBlock(label=_("Caption"), required=False, max_length=250)

    class Meta:
        icon = "image"
        label = _("Picture")
        template = "core/blocks/picture.html"
        description = _("A picture with a caption")


class GalleryBlock(blocks.StructBlock):
    """Several pictures side by side."""

    pictures = blocks.ListBlock(PictureBlock(), label=_("Pictures"), min_num=2, max_num=12)

    class Meta:
        icon = "image"
        label = _("Gallery")
        template = "core/blocks/gallery.html"
        description = _("Several pictures side by side")


class DocumentBlock(blocks.StructBlock):
    """A file in the middle of the text."""

    document = DocumentChooserBlock(label=_("File"))
    note = blocks.CharBlock(label=_("What it is for"), required=False, max_length=250)

    class Meta:
        icon = "doc-full"
        label = _("File")
        template = "core/blocks/document.html"
        description = _("A file to take away")


class CalloutBlock(blocks.RichTextBlock):
    """Advice or a warning that a hurried reader must not miss."""

    def __init__(self, **kwargs):
        super().__init__(**{"features": ["bold", "italic", "link"], **kwargs})

    class Meta:
        icon = "warning"
        label = _("Advice")
        template = "core/blocks/callout.html"
        preview_value = "<p>Не торопитесь убирать пуговицы.</p>"
        description = _("Advice that a hurried reader must not miss")


PLAYERS = [
    (re.compile(r"^https://rutube\.ru/video/(?P<id>[0-9a-f]{32})/?"), "https://rutube.ru/play/embed/{id}"),
    (
        re.compile(r"^https://(?:vk\.com|vkvideo\.ru)/video(?P<oid>-?\d+)_(?P<id>\d+)"),
        "https://vkvideo.ru/video_ext.php?oid={oid}&id={id}",
    ),
]


def player_of(url: str) -> str | None:
    """The address of a player for this video, if its host is one that we let in.

    >>> player_of("https://vk.com/video-1_2")
    'https://vkvideo.ru/video_ext.php?oid=-1&id=2'
    """
    for pattern, player in PLAYERS:
        if match := pattern.match(url):
            return player.format(**match.groupdict())
    return None


class EmbedValue(blocks.StructValue):
    @property
    def player(self) -> str | None:
        return player_of(self["url"])

    @property
    def host(self) -> str:
        return urlsplit(self["url"]).hostname or ""


class EmbedBlock(blocks.StructBlock):
    """A video as a card: nothing is asked of its host until the reader presses it."""

    url = blocks.URLBlock(label=_("Address of the video"), help_text=_("RuTube or VK Video"))
    title = blocks.CharBlock(label=_("What is in it"), max_length=200)

    def clean(self, value):
        value = super().clean(value)
        if not value.player:
            raise blocks.StructBlockValidationError(
                {"url": ValidationError(_("Only videos of RuTube and VK Video can be shown: paste such an address."))}
            )
        return value

    class Meta:
        icon = "media"
        label = _("Video")
        template = "core/blocks/embed.html"
        value_class = EmbedValue
        preview_value = {"url": "https://rutube.ru/video/0123456789abcdef0123456789abcdef/", "title": "Фрагмент урока"}
        description = _("A video that loads only when pressed")


class TextBody(blocks.StreamBlock):
    """The body of a practice, a standard page, later an article: one set of blocks for all."""

    prose = ProseBlock()
    step = StepBlock()
    table = TableBlock()
    picture = PictureBlock()
    gallery = GalleryBlock()
    document = DocumentBlock()
    callout = CalloutBlock()
    embed = EmbedBlock()
