"""What a module hands over to be found: plain data, no model of any module."""

import hashlib
import json
from dataclasses import dataclass, field
from datetime import datetime

from search.analysis import VERSION


@dataclass(frozen=True)
class Attachment:
    """A file that comes with an object: found through its object, shown with the page that matched.

    `parts` are (page or slide number from 1, or None where the format has none; plain text).
    """

    document_id: int
    title: str
    parts: list[tuple[int | None, str]] = field(default_factory=list)


@dataclass(frozen=True)
class Document:
    """One object as the index sees it; all texts are plain, without markup."""

    kind: str
    object_id: int
    title: str
    #: A path on this site (`/bank/slug/`) or an absolute address.
    url: str
    #: Orders «newest»; aware.
    date: datetime
    summary: str = ""
    tags: list[str] = field(default_factory=list)
    text: str = ""
    #: What it is about, for search by meaning: some stretches of a sentence to a page that say it each in their way.
    #: None: title and tags, summary, the beginning of the text. Empty: it is found by its words only.
    gist: list[str] | None = None
    #: Names of those it comes from: people, their school.
    people: list[str] = field(default_factory=list)
    attachments: list[Attachment] = field(default_factory=list)
    #: Facet name -> codes, as in `{"subject": ["matematika"], "grade": ["5", "6"]}`.
    facets: dict[str, list[str]] = field(default_factory=dict)
    #: Orders «most downloaded» and nudges relevance.
    popularity: int = 0
    #: Bears a mark of quality: nudges relevance.
    outstanding: bool = False
    #: Tokens of which a viewer must hold ALL; none: everybody finds it.
    access: list[str] = field(default_factory=list)
    #: The id under which an import brought it.
    ref: str | None = None

    def digest(self) -> bytes:
        """16 bytes that change with anything found or shown, and with the analysis; popularity left out."""
        content = [
            VERSION,
            self.title,
            self.url,
            self.date.isoformat(),
            self.summary,
            self.tags,
            self.text,
            self.gist,
            self.people,
            [[attachment.document_id, attachment.title, attachment.parts] for attachment in self.attachments],
            sorted((name, sorted(values)) for name, values in self.facets.items()),
            sorted(self.access),
            self.ref,
            self.outstanding,
        ]
        return hashlib.blake2b(json.dumps(content, ensure_ascii=True).encode(), digest_size=16).digest()
