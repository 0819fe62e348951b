"""Office files that are the same bytes whenever they are made."""

import re
from datetime import UTC, datetime
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

#: The moment that every made file bears.
MADE_AT = datetime(2026, 1, 1, tzinfo=UTC)
STAMP = re.compile(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*(<)")


def settled(content: bytes) -> bytes:
    """The same archive with its moments of saving replaced by `MADE_AT`."""
    out = BytesIO()
    with ZipFile(BytesIO(content)) as source, ZipFile(out, "w", ZIP_DEFLATED) as target:
        for name in source.namelist():
            part = source.read(name)
            if name == "docProps/core.xml":
                part = STAMP.sub(rb"\g<1>" + MADE_AT.strftime("%Y-%m-%dT%H:%M:%SZ").encode() + rb"\g<2>", part)
            entry = ZipInfo(name, MADE_AT.timetuple()[:6])
            entry.compress_type = ZIP_DEFLATED
            target.writestr(entry, part)
    return out.getvalue()
