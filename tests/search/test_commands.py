import json

import pytest
from django.core.management import CommandError, call_command

from search.models import SearchDocument
from tests.factories.search import document

pytestmark = pytest.mark.django_db


@pytest.fixture
def bank(shelf):
    shelf.put(
        document(1, "Дроби на уроке", ref="E001", facets={"subject": ["math"], "kind": ["lesson"]}),
        document(2, "Дроби", facets={"subject": ["russian"], "kind": ["project"]}),
        document(3, "Дроби для своих", access=["secret"]),
        document(4, "Дроби просто", url="https://elsewhere.example/4"),
    )
    return shelf


def asked(capsys, *arguments) -> list[dict]:
    call_command("search", *arguments, "--json")
    return json.loads(capsys.readouterr().out)


def test_json_is_what_an_anonymous_visitor_would_be_shown(bank, capsys):
    hits = asked(capsys, "дроби")
    assert [{key: hit[key] for key in ("ref", "title", "url", "kind")} for hit in hits] == [
        {"ref": None, "title": "Дроби просто", "url": "https://elsewhere.example/4", "kind": "thing"},
        {"ref": None, "title": "Дроби", "url": "/things/2/", "kind": "project"},
        {"ref": "E001", "title": "Дроби на уроке", "url": "/things/1/", "kind": "lesson"},
    ]
    assert all(isinstance(hit["score"], float) for hit in hits)


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (["--kind", "lesson"], ["/things/1/"]),
        (["--kind", "Проект"], ["/things/2/"]),
        (["--kind", "thing", "--limit", "1"], ["https://elsewhere.example/4"]),
        (["--subject", "math"], ["/things/1/"]),
        (["--subject", "МАТЕМАТИКА"], ["/things/1/"]),
        (["--subject", "русский  язык"], ["/things/2/"]),
        (["--subject", "rest"], []),
        (["--subject", "math", "--kind", "project"], []),
    ],
)
def test_arguments_narrow_the_search(bank, capsys, arguments, expected):
    assert [hit["url"] for hit in asked(capsys, "дроби", *arguments)] == expected


@pytest.mark.parametrize(
    "arguments",
    [["--subject", "алхимия"], ["--kind", "зелье"], ["--limit", "0"], ["--limit", "101"], ["--limit", "x"], []],
)
def test_bad_arguments_are_refused_in_a_line(bank, arguments):
    with pytest.raises(CommandError) as error:
        call_command("search", *(["дроби", *arguments] if arguments else []))
    assert len(str(error.value).splitlines()) == 1


def test_a_list_for_people_ends_with_how_many_were_found(bank, capsys):
    call_command("search", "дроби", "--kind", "lesson")
    lines = capsys.readouterr().out.splitlines()
    assert (lines[0], lines[-1]) == ("1. Дроби на уроке", "found: 1")


def test_an_index_that_says_what_is_there_has_no_differences(bank, capsys):
    call_command("check_index")
    assert capsys.readouterr().out == "differences: 0\n"


def test_differences_are_told_and_counted(bank, capsys):
    bank.documents[1] = document(1, "Переименовано")
    bank.documents[5] = document(5, "Забыто")
    del bank.documents[2]
    SearchDocument.objects.filter(object_id=3).update(kind="unknown")
    with pytest.raises(SystemExit) as end:
        call_command("check_index", "--show", "4")
    assert end.value.code == 1
    assert capsys.readouterr().out.splitlines() == [
        "stale: thing 1 «Переименовано»",
        "missing: thing 3 «Дроби для своих»",
        "missing: thing 5 «Забыто»",
        "extra: thing 2 «Дроби»",
        "differences: 5",
    ]
