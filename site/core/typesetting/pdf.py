import json
import re
import unicodedata
from pathlib import Path

import typst

#: For the archive (PDF/A-2a) and for screen readers (PDF/UA-1): tagged, language known.
STANDARDS = ["a-2a", "ua-1"]
LIBRARY = Path(__file__).with_name("document.typ")
#: Both standards refuse a letter that no font has: Typst names it, we take it out and set anew.
NO_GLYPH = re.compile(r'the text `"(?P<text>.+?)"` could not be displayed')
ESCAPE = re.compile(r"\\u\{(?P<code>[0-9a-f]+)\}")
MOST_TRIES = 12
LAST_PLAIN = 0xFFFF


def pdf(template: Path, data: dict, *, root: Path) -> bytes:
    """The document that `template` makes of `data` (JSON values); pictures are opened under `root` alone.

    Only Typst's own fonts are used, so that each machine sets the same page. Letters that they lack (emoji,
    hieroglyphs) are left out. Raises `typst.TypstError` where the template itself is wrong.
    """
    source = (LIBRARY.read_text() + template.read_text()).encode()
    values = json.dumps(data, ensure_ascii=False)
    values = "".join(letter for letter in values if is_printable(letter))
    for _try in range(MOST_TRIES):
        try:
            return _compile(source, values, root, STANDARDS)
        except typst.TypstError as error:
            lacking = NO_GLYPH.search(str(error))
            if not lacking:
                raise
            text = ESCAPE.sub(lambda match: chr(int(match["code"], 16)), lacking["text"])
            values = values.translate(dict.fromkeys(map(ord, set(text) - set('"{}[]:,'))))
    return _compile(source, values, root, [])


def is_printable(letter: str) -> bool:
    return ord(letter) <= LAST_PLAIN and unicodedata.category(letter) not in {"Cc", "Cn", "Co", "Cs"}


def _compile(source: bytes, values: str, root: Path, standards: list[str]) -> bytes:
    return typst.compile(
        source,
        root=str(root),
        ignore_system_fonts=True,
        format="pdf",
        pdf_standards=standards,
        sys_inputs={"data": values},
    )
