"""From a document to what is stored of it."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from search.analysis import Terms, clean, look_up, words
from search.documents import Attachment, Document

from .vector import HEAD_MARK, TITLE_MARK, Vector

MAX_TITLE = 500
MAX_SUMMARY = 3_000
MAX_LABELS = 100
MAX_LABEL = 200
MAX_TEXT = 100_000
#: Stretches that an embedding is made of, and letters of each.
GIST_PARTS = 4
GIST_PART = 1_000
MAX_PASSAGE = 5_000
MAX_PASSAGES = 400
MAX_VOCABULARY = 40_000


@dataclass(frozen=True)
class PassageRow:
    """A stretch of an attachment as stored."""

    attachment: int
    number: int
    page: int | None
    title: str
    text: str
    terms: str


@dataclass(frozen=True)
class Row:
    """A document as stored; texts are clean and bounded."""

    document: Document
    digest: bytes
    title: str
    summary: str
    tags: list[str]
    people: list[str]
    text: str
    gist: list[str]
    terms: str
    forms: str
    passages: list[PassageRow]

    @property
    def texts(self) -> list[str]:
        """All that words are taken from."""
        titles = dict.fromkeys(passage.title for passage in self.passages)
        return [
            self.title,
            self.summary,
            *self.tags,
            *self.people,
            self.text,
            *titles,
            *(passage.text for passage in self.passages),
        ]


def row_of(document: Document, digest: bytes) -> Row:
    title = clean(document.title)[:MAX_TITLE]
    summary = clean(document.summary)[:MAX_SUMMARY]
    tags = [clean(tag)[:MAX_LABEL] for tag in document.tags[:MAX_LABELS]]
    people = [clean(person)[:MAX_LABEL] for person in document.people[:MAX_LABELS]]
    text = clean(document.text)[:MAX_TEXT]
    passages = list(_passages(document.attachments))
    vector = Vector()
    vector.add([title], "A", marks=TITLE_MARK + HEAD_MARK, stop_words=True)
    vector.add([*tags, summary], "B", marks=HEAD_MARK)
    vector.add([*people, *dict.fromkeys(passage.title for passage in passages)], "B")
    vector.add([text], "C")
    for passage in passages:
        vector.add_vocabulary(passage.text)
    forms = Vector()
    forms.add_forms([title, summary, *tags, text, *(passage.text for passage in passages)])
    return Row(
        document=document,
        digest=digest,
        title=title,
        summary=summary,
        tags=tags,
        people=people,
        text=text,
        gist=_gist([f"{title} {', '.join(tags)}", summary, text] if document.gist is None else document.gist),
        terms=vector.literal(),
        forms=forms.literal(),
        passages=passages,
    )


def _gist(parts: Iterable[str]) -> list[str]:
    cleaned = (clean(part)[:GIST_PART].strip() for part in parts)
    return [part for part in cleaned if part][:GIST_PARTS]


def _passages(attachments: Iterable[Attachment]) -> Iterator[PassageRow]:
    number = 0
    for attachment in attachments:
        title = clean(attachment.title)[:MAX_LABEL]
        for page, text in attachment.parts or [(None, "")]:
            for piece in _pieces(clean(text)):
                if number == MAX_PASSAGES:
                    return
                vector = Vector()
                vector.add_vocabulary(title)
                vector.add_vocabulary(piece)
                yield PassageRow(attachment.document_id, number, page, title, piece, vector.literal())
                number += 1


def _pieces(text: str) -> Iterator[str]:
    """Stretches of at most MAX_PASSAGE characters, cut at a space where there is one."""
    while len(text) > MAX_PASSAGE:
        cut = text.rfind(" ", MAX_PASSAGE // 2, MAX_PASSAGE)
        cut = MAX_PASSAGE if cut == -1 else cut
        yield text[:cut]
        text = text[cut:]
    yield text


def spellings(texts: Iterable[str]) -> dict[str, Terms]:
    """Words of these texts as they are written -> terms, for completing half-typed ones."""
    found: dict[str, Terms] = {}
    for text in texts:
        for word in words(text):
            for spelling, terms in look_up(word).spellings:
                found[spelling] = terms  # noqa: PERF403 - reads better than an update() of a comprehension
        if len(found) > MAX_VOCABULARY:
            break
    return found
