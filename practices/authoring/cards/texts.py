"""Cards of words: running text, a step, advice, a video's address."""

from urllib.parse import urlsplit

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.blocks import INLINE_FEATURES, PROSE_FEATURES, player_of
from core.text import plain

from .base import Card, RichField, written

CALLOUT_FEATURES = ["bold", "italic", "link"]
#: The «document-link» stays for texts that have one; new links to files are made by cards.
WRITTEN_FEATURES = PROSE_FEATURES


class ProseCard(Card):
    type = "prose"
    label = gettext_lazy("Text")
    hint = gettext_lazy("Headings, paragraphs, lists, quotes and links")

    text = RichField(features=WRITTEN_FEATURES, rows=8, label=gettext_lazy("Text"))

    @classmethod
    def initial_of(cls, value):
        return {"text": written(value)}

    def value(self):
        return self.rich("text")


class CalloutCard(Card):
    type = "callout"
    label = gettext_lazy("Advice")
    hint = gettext_lazy("Advice that a hurried reader must not miss")

    text = RichField(features=CALLOUT_FEATURES, rows=3, label=gettext_lazy("Advice"))

    @classmethod
    def initial_of(cls, value):
        return {"text": written(value)}

    def value(self):
        return self.rich("text")


class StepCard(Card):
    type = "step"
    label = gettext_lazy("Step")
    hint = gettext_lazy("A step of a lesson with its time")

    title = forms.CharField(label=gettext_lazy("What happens"), max_length=200, required=False)
    minutes = forms.IntegerField(label=gettext_lazy("Minutes"), required=False, min_value=1, max_value=600)
    text = RichField(features=INLINE_FEATURES, rows=4, label=gettext_lazy("How"))

    @classmethod
    def blank(cls):
        return {"title": "", "minutes": None, "text": ""}

    @classmethod
    def initial_of(cls, value):
        return {**value, "text": written(value.get("text"))}

    def value(self):
        return {"title": self.words("title"), "minutes": self.sent("minutes"), "text": self.rich("text")}

    @classmethod
    def is_empty(cls, value):
        return not (value.get("title") or value.get("minutes") or plain(value.get("text") or ""))

    @classmethod
    def lacks(cls, value):
        lacks = []
        if not value.get("title"):
            lacks.append(_("A step has no name."))
        if not plain(value.get("text") or ""):
            lacks.append(_("The step «%(title)s» is not described.") % {"title": value.get("title") or "…"})
        return lacks


class EmbedCard(Card):
    type = "embed"
    label = gettext_lazy("Video")
    hint = gettext_lazy("A video of RuTube or VK Video; it loads only when pressed")

    url = forms.CharField(
        label=gettext_lazy("Address of the video"),
        max_length=500,
        required=False,
        widget=forms.TextInput({"inputmode": "url", "placeholder": "https://rutube.ru/video/…"}),
    )
    title = forms.CharField(label=gettext_lazy("What is in it"), max_length=200, required=False)

    @classmethod
    def blank(cls):
        return {"url": "", "title": ""}

    @classmethod
    def initial_of(cls, value):
        return dict(value)

    def value(self):
        return {"url": web_address(self.sent("url") or ""), "title": self.words("title")}

    @classmethod
    def is_empty(cls, value):
        return not (value.get("url") or value.get("title"))

    @classmethod
    def lacks(cls, value):
        lacks = []
        if not player_of(value.get("url") or ""):
            lacks.append(_("Only videos of RuTube and VK Video can be shown: paste such an address."))
        if not value.get("title"):
            lacks.append(_("The video has no name."))
        return lacks


def web_address(typed: str) -> str:
    """An address of the web, whatever was typed: a reader presses it."""
    typed = "".join(typed.split())
    if not typed:
        return ""
    try:
        is_web = urlsplit(typed).scheme in {"http", "https"}
    except ValueError:
        return ""
    return typed if is_web else f"https://{typed}"
