"""What the demo says: lines of `home/demo/data` that agree with each other and with the rules of the portal."""

import json
from collections import Counter

from accounts.roles import Role
from core.choices import levels_of
from core.text import normalise
from home.demo import people, source, subjects
from practices.importer import record_of


def test_every_line_of_the_demo_can_be_imported():
    records = [record_of(json.dumps(line, ensure_ascii=False)) for line in source.practices()]
    assert (len(records), len({record.id for record in records})) == (90, 90)


def test_dates_are_of_the_years_that_practices_name():
    assert all(line["published"].startswith(str(line["year"])) for line in source.practices())


def test_a_practice_is_of_its_authors_school_and_subjects_are_known():
    schools = {person["id"]: person["school"] for person in source.people()}
    known = {name for name, _hue in subjects.SUBJECTS}
    for line in source.practices():
        assert line["school"] == schools[line["authors"][0]], line["id"]
        assert line["subject"] in known
    for work in source.works():
        assert set(work.get("subjects", ())) <= known


def test_levels_agree_with_grades():
    for line in source.practices():
        levels = [line["level"]] if isinstance(line["level"], str) else line["level"]
        if line["grades"]:
            assert levels == levels_of(line["grades"]), line["id"]


def test_tags_do_not_differ_by_spelling_only():
    tags = {tag for line in [*source.practices(), *source.works()] for tag in line.get("tags", ())}
    assert [key for key, times in Counter(map(normalise, tags)).items() if times > 1] == []


def test_no_school_with_low_results_can_be_recognised():
    for line in [*source.practices(), *source.adoptions(), *source.works(), source.care()]:
        words = json.dumps(line, ensure_ascii=False).casefold()
        assert "низкими результатами" not in words
        assert "низких результатов" not in words


def test_practices_are_tried_after_their_publication_by_teachers_of_other_schools():
    schools = {person["id"]: person["school"] for person in source.people()}
    practices = {line["id"]: line for line in source.practices()}
    reports = source.adoptions()
    assert len(reports) >= 60
    assert len({line["practice"] for line in reports}) >= 25
    for line in reports:
        practice = practices[line["practice"]]
        assert schools[line["teacher"]] not in {schools[author] for author in practice["authors"]}
        assert practice["published"] < line["on"] <= line["reported"] < "2026-11", line
    share = sum("answer" in line for line in reports) / len(reports)
    assert 0.4 < share < 0.75


def test_no_two_reports_say_the_same():
    said = [line[name] for line in source.adoptions() for name in ("outcome", "changed", "answer") if line.get(name)]
    assert [words for words, times in Counter(said).items() if times > 1] == []


def test_there_is_a_login_for_each_role():
    assert [role for role, _email, _password in people.LOGINS] == [*Role.values, people.ADMIN]
