"""The catalogues of translations: compiled, brought up to date with the code, and checked.

`python -m imperia.catalogue compile|update|check`, from `site/`. Babel does the work: a fresh machine has no msgfmt.
"""

import re
import sys
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_file
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parents[2]
LOCALE = ROOT / "locale"
SOURCES = ("site", "schools", "practices", "search", "home", "cabinet", "templates")
RUSSIAN_FORMS = 3
KEYWORDS = {
    **dict.fromkeys(("_", "gettext", "gettext_lazy", "gettext_noop"), None),
    **dict.fromkeys(("ngettext", "ngettext_lazy"), (1, 2)),
    **dict.fromkeys(("pgettext", "pgettext_lazy"), ((1, "c"), 2)),
    **dict.fromkeys(("npgettext", "npgettext_lazy"), ((1, "c"), 2, 3)),
}
PLACEHOLDER = re.compile(r"%(?:\(\w+\))?[sd]|(?<!\{)\{\w*\}(?!\})")


def files() -> list[Path]:
    return sorted(LOCALE.glob("*/LC_MESSAGES/*.po"))


def read(path: Path) -> Catalog:
    with path.open("rb") as file:
        return read_po(file, locale=path.parts[-3])


def compile_all() -> list[Path]:
    """Write the `.mo` of each catalogue that is newer than its own; the list of those written."""
    written = []
    for source in files():
        target = source.with_suffix(".mo")
        if target.exists() and target.stat().st_mtime_ns >= source.stat().st_mtime_ns:
            continue
        draft = target.with_suffix(".mo.new")
        with draft.open("wb") as file:
            write_mo(file, read(source))
        draft.replace(target)
        written.append(target)
    return written


def extract() -> Catalog:
    """Every message that the code and the templates can show."""
    found = Catalog(project="imperia-shkol", charset="utf-8")
    for path in _sources():
        method = "python" if path.suffix == ".py" else "enmerkar.extract:extract_django"
        where = path.relative_to(ROOT).as_posix()
        for line, text, comments, context in extract_from_file(
            method, path, keywords=KEYWORDS, comment_tags=["Translators:"], strip_comment_tags=True
        ):
            found.add(text, None, [(where, line)], auto_comments=comments, context=context)
    return found


def update() -> None:
    """Bring each catalogue up to date: new messages come in empty, those no longer used go."""
    for path in files():
        catalogue = read(path)
        catalogue.update(extract(), no_fuzzy_matching=True, update_creation_date=False)
        catalogue.obsolete.clear()
        with path.open("wb") as file:
            write_po(file, catalogue, width=120, sort_output=True, omit_header=False, include_lineno=False)


def faults(catalogue: Catalog, needed: Catalog) -> list[str]:
    """What is wrong with a catalogue, one line each, message first; empty when it is whole."""
    return [f"«{_name(message)}»: {fault}" for message, fault in _faults(catalogue, needed)]


def _faults(catalogue: Catalog, needed: Catalog) -> Iterator[tuple[Message, str]]:
    for message in needed:
        if not message.id:
            continue
        key, context = message.id, message.context
        own = catalogue.get(key, context)
        if own is None or not own.string or (own.pluralizable and not all(own.string)):
            abandoned = catalogue.obsolete.get(catalogue._key_for(key, context))  # noqa: SLF001 - Babel's only door
            yield message, "marked obsolete, but used" if abandoned else "not translated"
        elif own.fuzzy:
            yield own, "fuzzy"
        elif message.pluralizable != own.pluralizable:
            yield own, "singular here, plural there"
        elif own.pluralizable and len(own.string) != RUSSIAN_FORMS:
            yield own, f"{len(own.string)} plural forms, not {RUSSIAN_FORMS}"
        elif _placeholders_differ(own):
            yield own, "placeholders differ"
    for own in catalogue:
        if own.id and needed.get(own.id, own.context) is None:
            yield own, "no longer used"


def _placeholders_differ(message: Message) -> bool:
    """Whether a translation names another set of values. A plural's first form may leave the number out."""
    if not message.pluralizable:
        return sorted(PLACEHOLDER.findall(message.id)) != sorted(PLACEHOLDER.findall(message.string))
    allowed = set(PLACEHOLDER.findall(message.id[1]))
    return any(set(PLACEHOLDER.findall(form)) - allowed for form in message.string) or any(
        set(PLACEHOLDER.findall(form)) != allowed for form in message.string[1:]
    )


def _name(message: Message) -> str:
    return message.id[0] if message.pluralizable else message.id


def _sources() -> Iterator[Path]:
    for top in SOURCES:
        for path in sorted((ROOT / top).rglob("*")):
            if path.suffix in {".py", ".html", ".txt", ".xml"} and "migrations" not in path.parts:
                yield path


def main(action: str) -> int:
    if action == "compile":
        compile_all()
        return 0
    if action == "update":
        update()
        return 0
    wrong = [fault for path in files() for fault in faults(read(path), extract())]
    print("\n".join(wrong))
    return bool(wrong)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1] if len(sys.argv) > 1 else "check"))
