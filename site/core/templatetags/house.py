"""Template tags of the house: they render, they do not query."""

from collections.abc import Iterable

from django import template
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from core.grades import grades_label

register = template.Library()

NARROW_SPACE = "\u202f"


@register.simple_tag
def icon(name: str) -> SafeString:
    """A picture from `static/img/icons.svg`, silent for screen readers: words stand beside it."""
    return format_html(
        '<svg class="icon" aria-hidden="true" focusable="false"><use href="{}#{}"></use></svg>',
        static("img/icons.svg"),
        name,
    )


@register.filter
def number(value: int | None) -> str:
    """12 345: groups of three with narrow spaces from five digits on, as Russian typesetting has it."""
    digits = str(value or 0)
    return f"{value:,}".replace(",", NARROW_SPACE) if len(digits.lstrip("-")) > 4 else digits  # noqa: PLR2004


register.filter("grades", grades_label)


@register.filter
def raise_headings(rich_text: object) -> SafeString:
    """The text with its h3 and h4 as h2 and h3: for a page where it stands right under the title.

    A practice's sections are h2 themselves and take the text as it is. A level left out loses
    those who walk through a page by its headings.
    """
    text = str(rich_text)
    for level in (3, 4):
        for tag in ("<h", "</h"):
            text = text.replace(f"{tag}{level}", f"{tag}{level - 1}")
    return mark_safe(text)  # noqa: S308 - Wagtail has cleaned it on the way in


@register.simple_tag(takes_context=True)
def sections(context: template.Context, entries: Iterable) -> SafeString:
    """The parts of a page that the modules above have filled (`core.sections`), one under another."""
    frame = context.template.engine.get_template("components/page_section.html")
    rendered = []
    for section in entries or ():
        with context.push(**section.context, section=section):
            rendered.append(frame.render(context))
    return mark_safe("".join(rendered))  # noqa: S308 - templates escape by themselves
