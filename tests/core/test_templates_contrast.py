"""The colours of tokens.css, computed: no pair that the portal uses is harder to read than promised."""

import re
from itertools import product

import pytest
from django.conf import settings

TOKENS = (settings.ROOT / "static/css/tokens.css").read_text()
TEXT_ON = [
    ("ink", "paper"),
    ("ink", "surface"),
    ("ink", "mark"),
    ("ink", "accent-soft"),
    ("ink", "success-soft"),
    ("ink", "warning-soft"),
    ("ink", "error-soft"),
    ("ink-soft", "paper"),
    ("ink-soft", "surface"),
    ("accent", "paper"),
    ("accent", "surface"),
    ("accent", "accent-soft"),
    ("accent-strong", "paper"),
    ("accent-strong", "accent-soft"),
    ("on-accent", "accent"),
    ("on-accent", "accent-strong"),
    ("band-ink", "band"),
    ("band-soft", "band"),
    ("on-beacon", "beacon"),
    ("success", "success-soft"),
    ("warning", "warning-soft"),
    ("error", "paper"),
    ("error", "error-soft"),
    ("paper", "error"),
]
#: Edges of fields and controls: WCAG 2.2, 1.4.11.
EDGES_ON = [("line-strong", "paper"), ("line-strong", "surface")]


def declarations(selector: str) -> dict[str, str]:
    """Custom properties of all rules with exactly this selector."""
    rules = re.findall(rf"^\s*{re.escape(selector)} \{{(.*?)\}}", TOKENS, re.MULTILINE | re.DOTALL)
    return dict(re.findall(r"--([\w-]+): ([^;]+);", "".join(rules)))


LIGHT = declarations(":root")
DARK = LIGHT | declarations(':root[data-theme="dark"]')
TWO_COLOURS = declarations(
    ':root:is([data-contrast="black-on-white"], [data-contrast="white-on-black"], [data-contrast="blue"])'
)
ADAPTED = {
    name: LIGHT | TWO_COLOURS | declarations(f':root[data-contrast="{name}"]')
    for name in ("black-on-white", "white-on-black", "blue")
}
THEMES = {"light": LIGHT, "dark": DARK} | ADAPTED


def colour(theme: dict[str, str], name: str) -> str:
    value = theme[name]
    return colour(theme, value[6:-1]) if value.startswith("var(--") else value


def luminance(value: str) -> float:
    digits = value.lstrip("#")
    digits = "".join(digit * 2 for digit in digits) if len(digits) == 3 else digits
    parts = [int(digits[start : start + 2], 16) / 255 for start in (0, 2, 4)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(theme: dict[str, str], over: str, under: str) -> float:
    light, dark = sorted((luminance(colour(theme, over)), luminance(colour(theme, under))), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize(("name", "pair"), list(product(THEMES, TEXT_ON)))
def test_text_is_readable(name, pair):
    assert contrast(THEMES[name], *pair) >= (7 if name in ADAPTED else 4.5)


@pytest.mark.parametrize(("name", "pair"), list(product(THEMES, EDGES_ON)))
def test_edges_of_fields_are_seen(name, pair):
    assert contrast(THEMES[name], *pair) >= 3


def test_dark_is_the_same_by_choice_and_by_device():
    assert declarations(':root[data-theme="auto"]') == declarations(':root[data-theme="dark"]')
