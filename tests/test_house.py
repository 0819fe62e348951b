"""The house rules: style, floors, templates, migrations, catalogues and locks."""

import os
import re
import subprocess
import sys
import tomllib
from io import StringIO
from pathlib import Path

import pytest
from babel.messages.pofile import read_po
from django.core.management import call_command
from django.template.loader import get_template

from imperia import catalogue
from imperia.settings.env import VARIABLES

ROOT = Path(__file__).resolve().parents[1]
TEMPLATES = sorted(
    path
    for top in ("templates", "site", "home", "practices", "schools", "search")
    for path in (ROOT / top).rglob("*.html")
)


def said_by(*command: str) -> str:
    """What a tool says about the checkout; empty when it is content."""
    paths = os.pathsep.join([str(ROOT), str(ROOT / "site")])
    done = subprocess.run(
        [sys.executable, *command],
        cwd=ROOT,
        env=os.environ | {"PYTHONPATH": paths},
        capture_output=True,
        text=True,
        check=False,
    )
    return "" if done.returncode == 0 else done.stdout + done.stderr


def test_ruff_finds_nothing():
    assert said_by("-m", "ruff", "check", "--quiet", ".") == ""


def test_the_code_is_laid_out_by_ruff():
    assert said_by("-m", "ruff", "format", "--check", "--quiet", ".") == ""


def test_imports_run_only_downward():
    assert said_by("-c", "from importlinter.cli import lint_imports; raise SystemExit(lint_imports())") == ""


def test_djlint_finds_nothing_in_the_templates():
    assert said_by("-m", "djlint", "--lint", "--quiet", *map(str, TEMPLATES)) == ""


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_every_template_compiles(path):
    name = path.as_posix().rpartition("/templates/")[2]
    assert get_template(name).template.source == path.read_text()


@pytest.mark.django_db
def test_the_migrations_say_what_the_models_say():
    out = StringIO()
    try:
        call_command("makemigrations", check=True, dry_run=True, stdout=out, no_color=True)
    except SystemExit:
        pytest.fail(out.getvalue())


@pytest.mark.parametrize("path", catalogue.files(), ids=lambda path: path.parts[-3])
def test_every_message_is_translated(path):
    assert catalogue.faults(catalogue.read(path), catalogue.extract()) == []


def test_a_fault_in_a_catalogue_is_named():
    needed = read_po(StringIO('msgid "Day"\nmsgstr ""\n\nmsgid "%(n)s day"\nmsgid_plural "%(n)s days"\nmsgstr[0] ""\n'))
    russian = read_po(
        StringIO(
            'msgid ""\nmsgstr "Plural-Forms: nplurals=3; plural=0;\\n"\n\n#, fuzzy\nmsgid "Day"\nmsgstr "День"\n\n'
            'msgid "%(n)s day"\nmsgid_plural "%(n)s days"\nmsgstr[0] "%(n)s день"\nmsgstr[1] "%(k)s дня"\n'
            'msgstr[2] "%(n)s дней"\n\nmsgid "Night"\nmsgstr "Ночь"\n'
        )
    )
    assert catalogue.faults(russian, needed) == [
        "«Day»: fuzzy",
        "«%(n)s day»: placeholders differ",
        "«Night»: no longer used",
    ]


def test_the_operations_page_lists_exactly_the_variables_that_are_read():
    rows = re.findall(
        r"^\| `([A-Z_]+)` \| (.*?) \| (.*?) \|$", (ROOT / "docs" / "operations.md").read_text(), re.MULTILINE
    )
    expected = [(name, f"`{each.default}`" if each.default else "", each.help) for name, each in VARIABLES.items()]
    assert rows == expected


def test_no_other_code_reads_the_environment():
    readers = [
        path.relative_to(ROOT).as_posix()
        for top in ("site", "home", "practices", "schools", "search")
        for path in (ROOT / top).rglob("*.py")
        if re.search(r"os\.environ|os\.getenv", path.read_text())
    ]
    assert sorted(readers) == [
        "site/imperia/asgi.py",
        "site/imperia/embedded.py",
        "site/imperia/metrics.py",
        "site/imperia/settings/env.py",
        "site/imperia/wsgi.py",
    ]


def test_the_locks_hold_what_the_project_asks_for_with_hashes_and_no_address():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())
    runtime, everything = pins("requirements.lock"), pins("requirements-dev.lock")
    assert runtime.items() <= everything.items()
    assert named(project["project"]["dependencies"]) - set(runtime) == set()
    assert named(project["dependency-groups"]["dev"]) - set(everything) == set()


def pins(lock: str) -> dict[str, str]:
    text = (ROOT / lock).read_text()
    assert re.findall(r"https?://|--index|--extra", text) == []
    entries = re.split(r"^(?=\w)", text, flags=re.MULTILINE)[1:]
    assert [entry for entry in entries if "--hash=sha256:" not in entry] == []
    return dict(re.match(r"([\w.-]+)(?:\[.*?\])?==(\S+)", entry).groups() for entry in entries)


def named(requirements: list[str]) -> set[str]:
    return {re.match(r"[\w.-]+", each).group().lower().replace("_", "-") for each in requirements}
