"""What all cards share."""

import re
import uuid
from collections.abc import Mapping
from typing import Any, ClassVar

from django import forms
from django.utils.functional import Promise, cached_property

from core.text import plain
from practices.authoring.richtext import to_stored, to_written
from practices.authoring.uploads import Desk

ID = re.compile(r"[0-9A-Za-z-]{1,64}")


def new_id() -> str:
    return str(uuid.uuid4())


class RichText(forms.Textarea):
    """A field that scripts turn into an editor of these features; without them plain text is typed in it."""

    def __init__(self, features: list[str], rows: int = 6):
        super().__init__({"rows": rows, "data-prose": " ".join(features), "lang": "ru"})
        self.features = features


class RichField(forms.CharField):
    """Rich text as it is written; `stored` makes of it what is kept."""

    def __init__(self, *, features: list[str], rows: int = 6, **kwargs):
        super().__init__(required=False, widget=RichText(features, rows), **kwargs)
        self.features = features

    def prepare_value(self, value: str | None) -> str:
        """What came back from a browser stays as it came: only stored text has markup of ours."""
        return value or ""

    def stored(self, written: str, links: dict[str, str]) -> str:
        return to_stored(written, features=self.features, links=links)


class Card(forms.Form):
    """One block. Lenient on purpose: a draft keeps what can be kept, `lacks` says what publishing needs."""

    type: ClassVar[str]
    label: ClassVar[str | Promise]
    hint: ClassVar[str | Promise] = ""

    def __init__(
        self,
        block_id: str,
        desk: Desk,
        *,
        value: Any = None,
        data: Mapping | None = None,
        files: Mapping | None = None,
        links: dict[str, str] | None = None,
    ):
        self.block_id, self.desk, self.links = block_id, desk, links or {}
        self.former = self.blank() if value is None else value
        super().__init__(
            data, files, prefix=f"card-{block_id}", initial=self.initial_of(self.former), use_required_attribute=False
        )

    @property
    def template(self) -> str:
        return f"practices/authoring/cards/{self.type}.html"

    @classmethod
    def blank(cls) -> Any:
        """The raw value of a block that nobody has filled yet."""
        return ""

    @classmethod
    def initial_of(cls, value: Any) -> dict[str, Any]:
        """Values of the fields for this raw value."""
        raise NotImplementedError

    def value(self) -> Any:
        """The raw value of what was sent; a field that cannot be understood keeps what it had."""
        raise NotImplementedError

    @classmethod
    def is_empty(cls, value: Any) -> bool:
        return not plain(value)

    @classmethod
    def lacks(cls, value: Any) -> list[str]:
        """What a reader would miss, in words for the author; of an empty card nothing, since it is left out."""
        return []

    def sent(self, name: str) -> Any:
        """A field's cleaned value, or its former one where what was sent is no such value."""
        if not hasattr(self, "cleaned_data"):
            self.full_clean()
        return self.cleaned_data.get(name, self.initial.get(name))

    def rich(self, name: str) -> str:
        return self.fields[name].stored(self.sent(name) or "", self.links)

    def words(self, name: str) -> str:
        return " ".join((self.sent(name) or "").split())

    @cached_property
    def now(self) -> Any:
        """The raw value: what was sent, or what is stored where nothing was. Uploads are taken in by asking."""
        return self.value() if self.is_bound else self.former

    def raw(self) -> dict:
        """The block as the StreamField keeps it."""
        return {"type": self.type, "value": self.now, "id": self.block_id}


def written(html: str | None) -> str:
    return to_written(html or "")
