"""How a reader wants the portal to look: kept in one cookie, applied without JavaScript."""

from dataclasses import dataclass, fields, replace
from urllib.parse import parse_qsl, urlencode

COOKIE = "appearance"
CHOICES = {
    "theme": ("auto", "light", "dark"),
    "size": ("normal", "large", "huge"),
    "spacing": ("normal", "wide"),
    "contrast": ("normal", "black-on-white", "white-on-black", "blue"),
    "images": ("on", "off"),
}
MODES = {
    "adapted": {"size": "large", "contrast": "black-on-white"},
    "normal": {"size": "normal"},
}


@dataclass(frozen=True)
class Appearance:
    """Theme, size of letters, spacing, contrast and pictures; each one of `CHOICES`, the first by default."""

    theme: str = "auto"
    size: str = "normal"
    spacing: str = "normal"
    contrast: str = "normal"
    images: str = "on"

    @classmethod
    def of(cls, values: dict[str, str]) -> "Appearance":
        """What of these values is known; the rest stays as it is by default."""
        return cls(**{name: values[name] for name, known in CHOICES.items() if values.get(name) in known})

    @classmethod
    def from_cookie(cls, cookie: str) -> "Appearance":
        return cls.of(dict(parse_qsl(cookie[:200])))

    @property
    def cookie(self) -> str:
        """The cookie's text: only what differs from the default, so that equal looks have equal keys."""
        return urlencode({f.name: getattr(self, f.name) for f in fields(self) if getattr(self, f.name) != f.default})

    @property
    def is_adapted(self) -> bool:
        """Whether the panel for the visually impaired has changed anything; a theme alone is no such thing."""
        return self != Appearance(theme=self.theme)

    def changed(self, values: dict[str, str]) -> "Appearance | None":
        """This look with what is known of `values` put in; None when nothing in them is known.

        `mode` is a whole look at once: `adapted` opens the panel for the visually impaired with letters
        that are larger and black, `normal` closes it. The theme remains in both.
        """
        if mode := MODES.get(values.get("mode", "")):
            return Appearance.of({**mode, "theme": self.theme})
        known = {name: value for name, value in values.items() if value in CHOICES.get(name, ())}
        return replace(self, **known) if known else None
