import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from procrastinate.contrib.django.models import ProcrastinateJob
from wagtail.models import Page, PageLogEntry, Revision

from core.models import Subject, Tag
from practices.models import PracticePage
from schools.models import SchoolPage
from tests.factories import pages

pytestmark = pytest.mark.django_db


@pytest.fixture
def import_lines(tmp_path):
    """Run the command on these lines; give what it printed."""
    pages.bank_page()

    def run(*lines: str | bytes, **options) -> str:
        file = tmp_path / "practices.jsonl"
        file.write_bytes(b"\n".join(line if isinstance(line, bytes) else line.encode() for line in lines))
        out = StringIO()
        call_command("import_practices", str(file), stdout=out, stderr=StringIO(), **options)
        return out.getvalue()

    return run


def line(**values) -> str:
    return json.dumps(pages.record(**values), ensure_ascii=False)


def found(query: str) -> list[str]:
    out = StringIO()
    call_command("search", query, json=True, stdout=out)
    return [hit["ref"] for hit in json.loads(out.getvalue())]


def test_an_imported_practice_is_a_published_page_with_all_that_the_line_said(import_lines):
    import_lines(
        line(
            id="A1",
            title="Делим пуговицы",
            subject="Арифметика",
            school="Школа № 900",
            authors=["Зимина Анна Петровна"],
            tags=["Пуговицы", "пуговицы", "ёлка"],
            grades=[3, 4],
            conditions={"duration": "2 урока"},
            published="2025-03-14",
        )
    )
    page = PracticePage.objects.get(import_id="A1")
    assert (page.live, page.has_unpublished_changes, page.slug) == (True, False, "delim-pugovitsy")
    assert page.live_revision == page.latest_revision
    assert f"{page.first_published_at:%Y-%m-%d}" == "2025-03-14"
    assert [subject.name for subject in page.subjects.all()] == ["Арифметика"]
    assert page.school == SchoolPage.objects.get(title="Школа № 900")
    assert [author.full_name for author in page.authors.all()] == ["Зимина Анна Петровна"]
    assert sorted(tag.name for tag in page.tags.all()) == ["Пуговицы", "ёлка"]
    assert (page.levels, page.duration) == (["primary"], "2 урока")
    assert [entry.action for entry in PageLogEntry.objects.filter(page=page.pk)] == ["wagtail.publish"]


def test_what_an_import_writes_is_a_sound_tree_and_a_true_index(import_lines, capsys):
    import_lines(*(line(title=f"Одно имя на всех {number % 3}") for number in range(30)))
    call_command("fixtree", interactive=False)
    assert "No problems found." in capsys.readouterr().out.splitlines()
    assert Page.find_problems() == ([], [], [], [], [])
    call_command("check_index")
    assert PracticePage.objects.count() == len(set(PracticePage.objects.values_list("url_path", flat=True))) == 30


def test_an_imported_page_can_be_edited_and_published_like_any_other(import_lines):
    import_lines(line(id="A1", authors=["Зимина Анна"], tags=["пары"]))
    page = PracticePage.objects.get(import_id="A1").get_latest_revision_as_object()
    page.title = "Новое имя"
    page.save_revision().publish()
    page = PracticePage.objects.get(import_id="A1")
    assert (page.title, page.authors.count(), page.tagged_items.count()) == ("Новое имя", 1, 1)
    assert found("новое имя") == ["A1"]


def test_the_same_id_again_updates_its_page_in_its_place(import_lines):
    import_lines(line(id="A1", title="Было", tags=["старое"]))
    before = PracticePage.objects.get(import_id="A1")
    import_lines(line(id="A1", title="Стало", tags=["новое"]))
    after = PracticePage.objects.get()
    assert (after.pk, after.slug, after.title) == (before.pk, before.slug, "Стало")
    assert [tag.name for tag in after.tags.all()] == ["новое"]
    assert Revision.page_revisions.filter(object_id=str(after.pk)).count() == 2
    assert (found("стало"), found("было")) == (["A1"], [])


def test_a_line_that_says_nothing_new_changes_nothing(import_lines):
    text = line(id="A1")
    import_lines(text)
    assert "1" in import_lines(text)
    assert Revision.page_revisions.count() == 1


def test_of_two_lines_with_one_id_the_last_counts(import_lines):
    import_lines(line(id="A1", title="Первая"), line(id="A1", title="Вторая"))
    assert [page.title for page in PracticePage.objects.all()] == ["Вторая"]


def test_bad_lines_are_told_by_number_and_the_good_ones_kept(tmp_path, capsys):
    pages.bank_page()
    file = tmp_path / "mixed.jsonl"
    lines = [
        line(id="A1").encode(),
        b"{not json",
        b"",
        line(id="A2", kind="sonata").encode(),
        b"\xff\xfe",
        line(id="A3").encode(),
    ]
    file.write_bytes(b"\n".join(lines))
    errors = StringIO()
    with pytest.raises(CommandError) as refusal:
        call_command("import_practices", str(file), stdout=StringIO(), stderr=errors)
    told = [text for text in errors.getvalue().splitlines() if text.startswith(("Строка", "Line"))]
    assert [text.split(":")[0].split()[-1] for text in told] == ["2", "4", "5"]
    assert "3" in str(refusal.value)
    assert sorted(PracticePage.objects.values_list("import_id", flat=True)) == ["A1", "A3"]


def test_a_dry_run_checks_and_writes_nothing(import_lines):
    import_lines(line(subject="Небывалый предмет"), dry_run=True)
    assert (PracticePage.objects.count(), Subject.objects.count(), Tag.objects.count()) == (0, 0, 0)


def test_a_file_that_is_not_there_is_one_line_of_explanation():
    pages.bank_page()
    with pytest.raises(CommandError):
        call_command("import_practices", "/nowhere/at-all.jsonl")


def test_without_a_bank_the_command_says_what_to_do(tmp_path):
    file = tmp_path / "practices.jsonl"
    file.write_text(line())
    with pytest.raises(CommandError):
        call_command("import_practices", str(file))


def test_covers_and_files_are_left_to_the_worker(import_lines):
    import_lines(line(id="A1", materials=[{"title": "Карточки", "format": "docx", "outline": ["Раз", "Два"]}]))
    page = PracticePage.objects.get(import_id="A1")
    jobs = ProcrastinateJob.objects.filter(task_name="practices.tasks.dress")
    assert [job.args["page_id"] for job in jobs] == [page.pk]


def test_the_number_of_queries_grows_far_slower_than_the_file(import_lines, django_assert_max_num_queries):
    import_lines(line())
    with django_assert_max_num_queries(120):
        import_lines(*(line() for _ in range(100)))
