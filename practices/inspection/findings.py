"""What the portal found in a text that its author should look at before others do."""

from dataclasses import dataclass
from hashlib import sha256

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class FindingKind(TextChoices):
    """Kinds of what should not be published without a thought."""

    PUPIL = "pupil", _("Name of a pupil")
    CLASS_LIST = "class_list", _("List of a class")
    PHONE = "phone", _("Phone number")
    EMAIL = "email", _("E-mail address")
    PLACE = "place", _("Place in a picture")


@dataclass(frozen=True)
class Finding:
    """One thing to look at.

    `key` stays the same while the quote stays in its section, so that «I have seen it» lasts. `section`: a code of
    `practices.choices.TextSection`. `fix`: None, or `{"action": "remove_gps", "image": id}`. `about`: what the key
    is made of where the quote is shortened or in the reader's language.
    """

    kind: str
    section: str
    quote: str
    message: str
    fix: dict | None = None
    about: str = ""

    @property
    def key(self) -> str:
        said = "\n".join([self.kind, self.section, " ".join((self.about or self.quote).split())])
        return f"{self.kind}-{sha256(said.encode()).hexdigest()[:16]}"
