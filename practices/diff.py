"""What changed between two texts of a practice, word by word, for people to read."""

from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from html import escape
from re import compile as pattern

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from core.text import plain, plain_stream
from files.models import PortalDocument, PortalImage
from practices.choices import TextSection
from practices.models import PracticePage

WORDS = pattern(r"\w+|\s+|[^\w\s]")
LINKS = pattern(r'<a\b(?=[^>]*\blinktype="document")[^>]*\bid="(\d+)"')
#: Pairs of words compared at most within one changed passage; beyond that it is shown as taken out and put in.
ROOM = 400_000
#: Letters and lines of one text looked at, at most: what is beyond is not compared.
LETTERS_AT_MOST = 300_000
LINES_AT_MOST = 4_000
#: Letters of a card that only changed its place.
BEGINNING = 120
#: A changed line counts as the same line where so much of it stayed.
LIKE = 0.35


@dataclass(frozen=True)
class Change:
    """What changed in one part: `section` a code of `TextSection`, `html` safe, with `<ins>` and `<del>`."""

    section: str
    title: str
    html: SafeString


def changes(old: PracticePage, new: PracticePage) -> list[Change]:
    """Every part that differs, in the order of reading; empty where the texts are the same."""
    files = _Files.of(old, new)
    found = []
    for section, title, words in parts(files):
        before, after = words(old), words(new)
        if before != after:
            found.append(Change(section, title, compare(before, after)))
    before = blocks_of(old, files)
    after = _recognised(before, blocks_of(new, files))
    if before != after:
        body = Change(TextSection.BODY, str(TextSection.BODY.label), compare_blocks(before, after))
        at = sum(change.section in (TextSection.ABOUT, TextSection.PROBLEM) for change in found)
        found.insert(at, body)
    return found


def parts(files: "_Files") -> list[tuple[str, str, Callable[[PracticePage], str]]]:
    """`[(section, title, text of the part)]` of all but the body, in the order of reading."""
    about, transfer = TextSection.ABOUT, TextSection.TRANSFER
    return [
        (about, _("Title"), lambda page: page.title),
        (about, _("Summary"), lambda page: page.summary),
        (about, _("Kind"), lambda page: str(page.get_kind_display())),
        (about, _("Subjects"), lambda page: ", ".join(sorted(subject.name for subject in page.subjects.all()))),
        (about, _("Grades"), lambda page: ", ".join(map(str, sorted(page.grades)))),
        (about, _("Levels of education"), lambda page: ", ".join(page.level_labels)),
        (about, _("Tags"), lambda page: ", ".join(sorted(item.tag.name for item in page.tagged_items.all()))),
        (about, _("Year"), lambda page: str(page.year)),
        (about, _("Authors"), lambda page: "\n".join(author.full_name for author in page.authors.all())),
        (about, _("Licence"), lambda page: str(page.get_licence_display())),
        (TextSection.PROBLEM, str(TextSection.PROBLEM.label), lambda page: plain(page.problem)),
        (TextSection.RESULTS, str(TextSection.RESULTS.label), lambda page: plain(page.results)),
        (TextSection.RESULTS, _("What did not work"), lambda page: plain(page.did_not_work)),
        (transfer, _("Class size"), lambda page: page.class_size),
        (transfer, _("Time"), lambda page: page.duration),
        (transfer, _("Equipment"), lambda page: page.equipment),
        (transfer, _("Pupils with special needs"), lambda page: page.special_needs),
        (transfer, _("Materials"), lambda page: "\n".join(files.material(each) for each in page.materials.all())),
    ]


# Words


def compare(before: str, after: str) -> SafeString:
    """Paragraphs with what was put in and taken out; long stretches that stayed are left out."""
    return mark_safe("".join(f"<p>{line}</p>" for line in _lines(before.splitlines(), after.splitlines())))  # noqa: S308 - every word is escaped in `_words`


def _lines(before: list[str], after: list[str]) -> Iterator[str]:
    before, after = _bounded(before), _bounded(after)
    for tag, i1, i2, j1, j2 in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if tag == "equal":
            yield "…"
        else:
            yield from _passage(before[i1:i2], after[j1:j2])


def _bounded(lines: list[str]) -> list[str]:
    kept, room = [], LETTERS_AT_MOST
    for line in lines[:LINES_AT_MOST]:
        if room <= 0:
            break
        kept.append(line[:room])
        room -= len(line)
    return kept


def _passage(before: list[str], after: list[str]) -> Iterator[str]:
    """Lines put in the place of others: pairs that resemble each other word by word, the rest whole."""
    for old, new in zip(before, after, strict=False):
        yield _words(old, new)
    common = min(len(before), len(after))
    yield from (_marked("del", line) for line in before[common:])
    yield from (_marked("ins", line) for line in after[common:])


def _words(before: str, after: str) -> str:
    old, new = WORDS.findall(before), WORDS.findall(after)
    if len(old) * len(new) > ROOM:
        return _marked("del", before) + " " + _marked("ins", after)
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    if matcher.ratio() < LIKE:
        return (_marked("del", before) + " " + _marked("ins", after)).strip()
    pieces = []
    for tag, i1, i2, j1, j2 in matcher.get_opcodes():
        gone, come = "".join(old[i1:i2]), "".join(new[j1:j2])
        pieces.append(escape(come) if tag == "equal" else _marked("del", gone) + _marked("ins", come))
    return "".join(pieces)


def _marked(tag: str, text: str) -> str:
    return f"<{tag}>{escape(text)}</{tag}>" if text else ""


# Blocks


@dataclass(frozen=True)
class Block:
    """A card of the body: its lasting id, its kind's name and its words."""

    id: str
    label: str
    text: str


def blocks_of(page: PracticePage, files: "_Files") -> list[Block]:
    labels = {name: str(block.label) for name, block in page.body.stream_block.child_blocks.items()}
    return [
        Block(raw.get("id") or f"#{number}", labels.get(raw["type"], raw["type"]), files.words(raw["value"]))
        for number, raw in enumerate(page.body.raw_data)
    ]


def compare_blocks(before: list[Block], after: list[Block]) -> SafeString:
    """Cards matched by their ids: changed, put in, taken out, moved; those that stayed are one «…»."""
    former, latter = {block.id: block for block in before}, {block.id: block for block in after}
    moved = _moved([block.id for block in before if block.id in latter], [block.id for block in after])
    pieces: list[str] = []
    for block in _in_order(before, after):
        if block.id not in latter:
            pieces.append(_card(_("Taken out: %(card)s"), block, _whole("del", block.text)))
        elif block.id not in former:
            pieces.append(_card(_("Put in: %(card)s"), block, _whole("ins", block.text)))
        elif former[block.id].text != block.text:
            heading = _("Moved and changed: %(card)s") if block.id in moved else _("Changed: %(card)s")
            pieces.append(_card(heading, block, compare(former[block.id].text, block.text)))
        elif block.id in moved:
            pieces.append(_card(_("Moved: %(card)s"), block, f"<p>{escape(_beginning(block.text))}</p>"))
        elif not pieces or pieces[-1] != "<p>…</p>":
            pieces.append("<p>…</p>")
    return mark_safe("".join(pieces))  # noqa: S308 - every word is escaped


def _recognised(before: list[Block], after: list[Block]) -> list[Block]:
    """The new cards, those with an old card's very words under its id: an import gives ids by place, not by card."""
    former = {block.id: block for block in before}
    stayed = {block.id for block in after if block == former.get(block.id)}
    free: dict[tuple[str, str], list[str]] = {}
    for block in before:
        if block.id not in stayed and block.text:
            free.setdefault((block.label, block.text), []).append(block.id)
    found, taken = [], set()
    for block in after:
        ids = free.get((block.label, block.text)) if block.id not in stayed else None
        if ids:
            taken.add(ids[0])
            found.append((block, ids.pop(0)))
        else:
            found.append((block, None))
    return [
        replace(block, id=known) if known else replace(block, id=f"+{block.id}") if block.id in taken else block
        for block, known in found
    ]


def _in_order(before: list[Block], after: list[Block]) -> Iterator[Block]:
    """The new cards in their order, each old one that is gone after the card that it followed."""
    latter = {block.id for block in after}
    gone: dict[str | None, list[Block]] = {}
    place: str | None = None
    for block in before:
        if block.id in latter:
            place = block.id
        else:
            gone.setdefault(place, []).append(block)
    yield from gone.get(None, [])
    for block in after:
        yield block
        yield from gone.get(block.id, [])


def _moved(before: list[str], after: list[str]) -> set[str]:
    """Which cards changed places: all but the longest run that kept its order."""
    place = {key: number for number, key in enumerate(before)}
    order = [place[key] for key in after if key in place]
    tails: list[int] = []
    ends: list[int] = []
    back: list[int] = []
    for number, value in enumerate(order):
        at = bisect_left(tails, value)
        back.append(ends[at - 1] if at else -1)
        tails[at : at + 1] = [value]
        ends[at : at + 1] = [number]
    kept = set()
    number = ends[-1] if ends else -1
    while number >= 0:
        kept.add(before[order[number]])
        number = back[number]
    return set(before) - kept


def _card(heading: str, block: Block, html: str) -> str:
    return f'<div class="diff__card"><p class="diff__what">{escape(heading % {"card": block.label})}</p>{html}</div>'


def _whole(tag: str, text: str) -> str:
    return "".join(f"<p>{_marked(tag, line)}</p>" for line in _bounded(text.splitlines()))


def _beginning(text: str) -> str:
    return text if len(text) <= BEGINNING else text[:BEGINNING].rsplit(" ", 1)[0] + " …"


# Files


@dataclass(frozen=True)
class _Files:
    """Names of the pictures and files that stand in both texts, asked for at once."""

    pictures: dict[int, str]
    documents: dict[int, str]

    @classmethod
    def of(cls, *pages: PracticePage) -> "_Files":
        values = [raw["value"] for page in pages for raw in page.body.raw_data]
        materials = [each.document_id for page in pages for each in page.materials.all()]
        documents = {*_ids(values, "document"), *materials}
        return cls(
            dict(PortalImage.objects.filter(pk__in=_ids(values, "image")).values_list("pk", "title")),
            dict(PortalDocument.objects.filter(pk__in=documents).values_list("pk", "title")),
        )

    def material(self, material) -> str:
        name = self.documents.get(material.document_id, "")
        return f"{material.title or name} [{name}]" if material.title and material.title != name else name

    def words(self, value: object) -> str:
        """A block's words, with its pictures and files named: another picture is a change too."""
        pictures = [_("Picture: %(name)s") % {"name": self.pictures.get(pk, "")} for pk in _ids([value], "image")]
        files = [_("File: %(name)s") % {"name": self.documents.get(pk, "")} for pk in _ids([value], "document")]
        addresses = list(_found(value, "url", str))
        return "\n".join(filter(None, [*pictures, *files, *addresses, plain_stream(value)]))


def documents_of(practice: PracticePage) -> set[int]:
    """Keys of the files in exactly this text: its materials, its cards, links in its words."""
    linked = LINKS.findall(" ".join(_texts(practice)))
    named = _ids([raw["value"] for raw in practice.body.raw_data], "document")
    return {*named, *map(int, linked), *(material.document_id for material in practice.materials.all())}


def _texts(practice: PracticePage) -> Iterator[str]:
    yield from (practice.problem, practice.results, practice.did_not_work)
    yield from _strings([raw["value"] for raw in practice.body.raw_data])


def _strings(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for part in value.values() if isinstance(value, dict) else value:
            yield from _strings(part)


def _ids(values: Iterable[object], name: str) -> list[int]:
    return [found for value in values for found in _found(value, name, int)]


def _found(value: object, name: str, kind: type) -> Iterator:
    if isinstance(value, dict):
        for key, part in value.items():
            if key == name and isinstance(part, kind):
                yield part
            else:
                yield from _found(part, name, kind)
    elif isinstance(value, list):
        for part in value:
            yield from _found(part, name, kind)
