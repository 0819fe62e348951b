"""Cards of pictures, each with words for those who do not see it."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from files.formats import PICTURE_ENDINGS
from files.models import PortalImage

from .base import ID, Card, new_id

ACCEPT = ",".join(f".{ending}" for ending in PICTURE_ENDINGS)
MOST_PICTURES = 12
FEWEST_IN_GALLERY = 2


class PicturePart(forms.Form):
    """A picture, its words and its caption: a card of its own or a part of a gallery."""

    image = forms.IntegerField(required=False, min_value=1, max_value=2**31 - 1, widget=forms.HiddenInput)
    file = forms.FileField(
        label=gettext_lazy("Picture"), required=False, widget=forms.FileInput({"accept": ACCEPT, "data-picture": ""})
    )
    alt = forms.CharField(label=gettext_lazy("What is on it, for those who do not see"), max_length=250, required=False)
    caption = forms.CharField(label=gettext_lazy("Caption"), max_length=250, required=False)


def blank_picture() -> dict:
    return {"image": None, "alt": "", "caption": ""}


def picture_value(form: Any) -> dict:
    """The raw value of a picture's form: a new upload before the former picture."""
    upload = form.sent("file")
    image = (form.desk.take_picture(upload) if upload else None) or form.desk.image(form.sent("image"))
    return {"image": image.pk if image else None, "alt": form.words("alt"), "caption": form.words("caption")}


def picture_lacks(value: dict) -> list[str]:
    lacks = []
    if not value.get("image"):
        lacks.append(_("A picture is not chosen."))
    elif not value.get("alt"):
        lacks.append(_("A picture has no words for those who do not see it."))
    return lacks


class PictureCard(PicturePart, Card):
    type = "picture"
    label = gettext_lazy("Picture")
    hint = gettext_lazy("A picture with a caption")

    @classmethod
    def blank(cls):
        return blank_picture()

    @classmethod
    def initial_of(cls, value):
        return dict(value)

    def value(self):
        return picture_value(self)

    @classmethod
    def is_empty(cls, value):
        return not any(value.values())

    @classmethod
    def lacks(cls, value):
        return picture_lacks(value)

    @property
    def picture(self) -> PortalImage | None:
        """What is shown in the card now."""
        return self.desk.image(self.now.get("image"))


class GalleryItem(PictureCard):
    """A picture of a gallery: like a card, but with a place inside another one."""

    def __init__(self, gallery_id: str, item_id: str, desk, **kwargs):
        self.item_id = item_id
        super().__init__(f"{gallery_id}-{item_id}", desk, **kwargs)


class GalleryCard(Card):
    type = "gallery"
    label = gettext_lazy("Gallery")
    hint = gettext_lazy("Several pictures side by side")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        former = {entry["id"]: entry["value"] for entry in self.former.get("pictures", []) if entry.get("id")}
        ids = list(dict.fromkeys(self.sent_ids())) if self.is_bound else list(former)
        options = {"data": self.data, "files": self.files} if self.is_bound else {}
        self.items = [
            GalleryItem(self.block_id, item_id, self.desk, value=former.get(item_id), **options)
            for item_id in ids[:MOST_PICTURES]
        ]

    def sent_ids(self) -> list[str]:
        return [item_id for item_id in self.data.getlist(f"{self.prefix}-item") if ID.fullmatch(item_id)]

    @classmethod
    def blank(cls):
        return {"pictures": []}

    @classmethod
    def initial_of(cls, value):
        return {}

    def value(self):
        pictures = [{"type": "item", "value": item.now, "id": item.item_id} for item in self.items]
        uploads = self.files.getlist(f"{self.prefix}-files")[: MOST_PICTURES - len(pictures)]
        images = filter(None, map(self.desk.take_picture, uploads))
        added = [blank_picture() | {"image": image.pk} for image in images]
        return {"pictures": pictures + [{"type": "item", "value": value, "id": new_id()} for value in added]}

    @classmethod
    def is_empty(cls, value):
        return not any(any(entry["value"].values()) for entry in value.get("pictures", []))

    @classmethod
    def lacks(cls, value):
        pictures = value.get("pictures", [])
        lacks = [words for entry in pictures for words in picture_lacks(entry["value"])]
        if len(pictures) < FEWEST_IN_GALLERY:
            lacks.append(_("A gallery needs two pictures at least."))
        return list(dict.fromkeys(lacks))
