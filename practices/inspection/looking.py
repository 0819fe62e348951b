"""The portal's own look at a practice, before others look."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.text import plain
from files.models import PortalImage
from practices.choices import TextSection
from practices.inspection import contacts, names
from practices.inspection.findings import Finding, FindingKind
from practices.inspection.places import place_of
from practices.models import PracticePage

#: More are not read by anybody: the rest shows when these are mended.
MOST_FINDINGS = 60
#: Characters of one material that are looked at: a class list hides on the first pages.
MOST_OF_A_FILE = 60_000
LIST_SHOWN = 3


@dataclass(frozen=True)
class Passage:
    """Lines that stand together: a paragraph a line, a column of a table, a page of a file."""

    section: str
    lines: list[str]
    file: str = ""


def inspect(practice: PracticePage) -> list[Finding]:
    """What its author should look at, in the order of reading, each thing once."""
    people = authors_of(practice)
    own = names.own_names([name for name, _email in people])
    emails = {email.lower() for _name, email in people if email}
    found: dict[str, Finding] = {}
    for passage in passages(practice):
        for finding in findings_in(passage, own, emails):
            found.setdefault(finding.key, finding)
        if len(found) >= MOST_FINDINGS:
            break
    for finding in places(practice):
        found.setdefault(finding.key, finding)
    return list(found.values())[:MOST_FINDINGS]


def needs_pupils_consent(practice: PracticePage) -> bool:
    """Are there pictures in the text, so that somebody's parents may have to agree?"""
    return any(True for _id in picture_ids(practice.body.raw_data))


def authors_of(practice: PracticePage) -> list[tuple[str, str]]:
    """Name and e-mail of those whose names stand over the practice, or will."""
    people = [(author.full_name, author.user.email if author.user else "") for author in practice.authors.all()]
    submission = getattr(practice, "submission", None) if practice.pk else None
    if submission and submission.author:
        people.append((submission.author.get_full_name(), submission.author.email))
    return people


def passages(practice: PracticePage) -> Iterator[Passage]:
    yield Passage(TextSection.ABOUT, [practice.title, *practice.summary.splitlines()])
    yield Passage(TextSection.PROBLEM, plain(practice.problem).splitlines())
    for lines in body_lines(practice.body.raw_data):
        yield Passage(TextSection.BODY, lines)
    yield Passage(TextSection.RESULTS, plain(practice.results).splitlines())
    yield Passage(TextSection.RESULTS, plain(practice.did_not_work).splitlines())
    for text in (practice.class_size, practice.duration, practice.equipment, practice.special_needs):
        yield Passage(TextSection.TRANSFER, text.splitlines())
    for material in practice.materials.all():
        room = MOST_OF_A_FILE
        for _number, text in material.document.parts:
            yield Passage(TextSection.TRANSFER, text[:room].splitlines(), file=material.document.filename)
            room -= len(text)
            if room <= 0:
                break


def body_lines(blocks: Iterable[Any]) -> Iterator[list[str]]:
    """Lines of each block; a table is read by rows and, for lists, by columns too."""
    for block in blocks:
        kind, value = block["type"], block["value"]
        if kind == "table":
            yield from table_lines(value["table"])
        else:
            yield [line for text in words_of(value) for line in plain(text).splitlines()]


def table_lines(table: dict | None) -> Iterator[list[str]]:
    if not table:
        return
    rows = [[str(column["heading"]) for column in table["columns"]]]
    rows += [[str(cell or "") for cell in row["values"]] for row in table["rows"]]
    yield [table.get("caption") or "", *(" ".join(filter(None, row)) for row in rows)]
    for column in zip(*rows, strict=False):
        yield list(column)


def words_of(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for name, part in value.items():
            if name not in {"id", "type", "image", "document", "url"}:
                yield from words_of(part)
    elif isinstance(value, (list, tuple)):
        for part in value:
            yield from words_of(part)


def picture_ids(value: Any) -> Iterator[int]:
    """Ids of the pictures in a StreamField's raw value."""
    if isinstance(value, dict):
        if isinstance(value.get("image"), int):
            yield value["image"]
        for part in value.values():
            yield from picture_ids(part)
    elif not isinstance(value, str) and isinstance(value, Iterable):
        for part in value:
            yield from picture_ids(part)


def findings_in(passage: Passage, own: names.Own, own_emails: set[str]) -> Iterator[Finding]:
    where = passage.section
    listed: set[str] = set()
    for people in names.class_lists(passage.lines, own):
        listed.update(people)
        message = in_file(passage, list_message(len(people)))
        yield Finding(FindingKind.CLASS_LIST, where, shown(people), message, about=" ".join(people))
    for line in passage.lines:
        for quote in names.pupils(line, own):
            if quote not in listed:
                yield Finding(FindingKind.PUPIL, where, quote, in_file(passage, pupil_message()))
        for quote in contacts.phones(line):
            yield Finding(FindingKind.PHONE, where, quote, in_file(passage, phone_message()))
        for quote in contacts.emails(line, own_emails):
            yield Finding(FindingKind.EMAIL, where, quote, in_file(passage, email_message()))


def shown(people: list[str]) -> str:
    first = ", ".join(people[:LIST_SHOWN])
    rest = len(people) - LIST_SHOWN
    return first + ngettext(" and %(count)s more", " and %(count)s more", rest) % {"count": rest} if rest > 0 else first


def in_file(passage: Passage, message: str) -> str:
    return (
        _("In the file «%(file)s»: %(message)s") % {"file": passage.file, "message": message}
        if passage.file
        else message
    )


def list_message(count: int) -> str:
    return ngettext(
        "This looks like a list of pupils: %(count)s name. Remove it, or leave only «pupil 1», «pupil 2».",
        "This looks like a list of pupils: %(count)s names. Remove it, or leave only «pupil 1», «pupil 2».",
        count,
    ) % {"count": count}


def pupil_message() -> str:
    return _(
        "This looks like the name of a pupil. Leave the first letter or say «a pupil»: parents have not agreed to it."
    )


def phone_message() -> str:
    return _("A phone number will be seen by everybody. Remove it if it is not one of the school's reception.")


def email_message() -> str:
    return _(
        "An e-mail address will be seen by everybody and collected by senders of spam. "
        "Remove it if it is a private one."
    )


def places(practice: PracticePage) -> Iterator[Finding]:
    """Pictures that tell where they were taken."""
    in_text = dict.fromkeys(picture_ids(practice.body.raw_data))
    sections = {**dict.fromkeys(in_text, TextSection.BODY)}
    if practice.share_image_id:
        sections.setdefault(practice.share_image_id, TextSection.ABOUT)
    images = PortalImage.objects.in_bulk(list(sections))
    for image_id, section in sections.items():
        place = place_of(images[image_id]) if image_id in images else None
        if place:
            yield Finding(
                FindingKind.PLACE,
                section,
                f"{images[image_id].title}: {place[0]:.2f}, {place[1]:.2f}",
                _("The picture tells where it was taken. Pictures of a child's home or school should not."),
                fix={"action": "remove_gps", "image": image_id},
                about=f"{image_id} {place}",
            )
