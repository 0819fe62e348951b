"""The HTML form of a letter is made of its plain text, so the two never tell different things."""

import re
from dataclasses import dataclass

ADDRESS = re.compile(r"https?://\S+")


@dataclass(frozen=True)
class Paragraph:
    """Lines of a paragraph; `link` where the whole of it is one address, to be drawn as a button."""

    lines: list[str]
    link: str = ""


def paragraphs(text: str) -> list[Paragraph]:
    """Paragraphs of a letter: blank lines part them.

    >>> paragraphs("Hello!\\n\\nhttps://a.ru/b\\n")
    [Paragraph(lines=['Hello!'], link=''), Paragraph(lines=['https://a.ru/b'], link='https://a.ru/b')]
    """
    parts = [part.strip() for part in re.split(r"\n\s*\n", text) if part.strip()]
    return [Paragraph(part.splitlines(), part if ADDRESS.fullmatch(part) else "") for part in parts]
