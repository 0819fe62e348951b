"""Rich text between the database and the page where it is written.

Stored is Wagtail's own: `<a linktype="document" id="5">`. Written are ordinary links; those that stood in the text
come back as they were, so nobody can bring in a link to a thing by its number. A value that begins with «<» is markup,
any other is plain text with a blank line between paragraphs: a browser without scripts shows and sends that.
"""

import re
from collections.abc import Iterable
from html import escape, unescape

from wagtail.rich_text import expand_db_html

from practices.authoring.word import clean_html

INTERNAL = re.compile(r"<a\b[^>]*\blinktype=[^>]*>")
HREF = re.compile(r'href="([^"]*)"')
OPENING = re.compile(r'<a href="([^"]*)">')
PARAGRAPH = re.compile(r"<p[^>]*>(.*?)</p>", re.DOTALL)
BREAK = re.compile(r"<br\s*/?>")

#: Characters of one rich text: a very long one would rather be a file.
LONGEST = 100_000


def internal_links(htmls: Iterable[str]) -> dict[str, str]:
    """Address as written → opening tag as stored, of links to pages and files in these texts."""
    links = {}
    for tag in {tag for html in htmls for tag in INTERNAL.findall(html)}:
        if href := HREF.search(expand_db_html(f"{tag}</a>")):
            links[href[1]] = tag
    return links


def to_written(html: str) -> str:
    """Stored rich text as the page's field holds it."""
    html = expand_db_html(html) if INTERNAL.search(html) else html
    paragraphs = PARAGRAPH.findall(html)
    rest = PARAGRAPH.sub("", html).strip()
    lines = [BREAK.sub("\n", paragraph) for paragraph in paragraphs]
    if rest or any("<" in line for line in lines):
        return html
    text = "\n\n".join(unescape(line) for line in lines)
    return html if text.lstrip().startswith("<") else text


def to_stored(written: str, *, features: Iterable[str], links: dict[str, str]) -> str:
    """What came from the page's field as rich text of these features; `links` from `internal_links`."""
    written = written.replace("\r\n", "\n").replace("\x00", "")[:LONGEST].strip()
    if not written.startswith("<"):
        written = "".join(
            f"<p>{escape(part.strip(), quote=False).replace(chr(10), '<br/>')}</p>"
            for part in re.split(r"\n\s*\n", written)
            if part.strip()
        )
    cleaned = clean_html(written, features=features)
    return OPENING.sub(lambda found: links.get(found[1], found[0]), cleaned)
