"""How templates render what they are given: no queries, no surprises."""

import re
from types import SimpleNamespace

import brotli
import pytest
from django.conf import settings
from django.core.files.storage import FileSystemStorage
from django.template.loader import get_template, render_to_string
from django.test import Client
from django.utils.safestring import mark_safe

from core.assets import PortalStaticStorage, bundled
from core.sections import Section
from core.templatetags.house import icon, number, raise_headings

STATIC = settings.ROOT / "static"
#: Letters apart: mail programs know no stylesheets, and no CSP reaches them.
TEMPLATES = sorted(path for path in (settings.ROOT / "templates").rglob("*.html") if path.parent.name != "email")


@pytest.mark.parametrize(
    ("value", "words"),
    [(None, "0"), (2430, "2430"), (12345, "12\u202f345"), (1234567, "1\u202f234\u202f567")],
)
def test_numbers_are_grouped_from_five_digits_on(value, words):
    assert number(value) == words


def test_headings_rise_where_the_text_stands_right_under_the_title():
    assert raise_headings("<h3>А</h3><p>h3</p><h4 id='x'>Б</h4>") == "<h2>А</h2><p>h3</p><h3 id='x'>Б</h3>"


def test_every_icon_that_a_template_asks_for_is_drawn():
    drawn = set(re.findall(r'<symbol id="([\w-]+)"', (STATIC / "img/icons.svg").read_text()))
    asked = {name for path in TEMPLATES for name in re.findall(r'{% icon "([\w-]+)" %}', path.read_text())}

    assert asked - drawn == set()


def test_an_icon_says_nothing_aloud():
    assert icon("search") == (
        '<svg class="icon" aria-hidden="true" focusable="false"><use href="/static/img/icons.svg#search"></use></svg>'
    )


@pytest.mark.parametrize("path", TEMPLATES, ids=str)
def test_templates_compile_and_obey_the_strict_csp(path):
    text = path.read_text()
    get_template(str(path.relative_to(settings.ROOT / "templates")))

    assert re.findall(r"<style|\sstyle=|\son\w+=\"|javascript:", text) == []
    assert [tag for tag in re.findall(r"<script[^>]*>", text) if "src=" not in tag and "ld+json" not in tag] == []


@pytest.mark.parametrize("name", ["400", "403_csrf", "429", "500", "503"])
def test_error_pages_need_neither_request_nor_database(name):
    page = get_template(f"{name}.html").render()

    assert page.count("<h1>") == 1


def test_a_reason_stands_on_the_page_of_a_broken_request_escaped():
    assert "&lt;b&gt;длинно" in render_to_string("400.html", {"reason": "<b>длинно"})


@pytest.mark.django_db
def test_a_csrf_refusal_says_in_the_houses_words_what_to_do():
    answer = Client(enforce_csrf_checks=True).post("/accounts/login/", {"login": "a@b.ru", "password": "x"})

    assert answer.status_code == 403
    assert [template.name for template in answer.templates][:1] == ["403_csrf.html"]


def card(**changes) -> SimpleNamespace:
    values = {
        "title": "Остаток",
        "url": "/bank/ostatok/",
        "kind_label": "Урок",
        "subjects": ["Математика"],
        "grades": [3],
        "year": 2025,
        "school": None,
        "authors": [],
        "cover": None,
        "downloads": 0,
        "title_html": mark_safe("<mark>Остаток</mark>"),
        "snippet_html": "a < b",
        "attachment": None,
    }
    return SimpleNamespace(**(values | changes))


def test_a_card_marks_the_words_found_and_escapes_what_is_not_safe():
    page = render_to_string("components/practice_card.html", {"card": card()})

    assert '<a href="/bank/ostatok/"><mark>Остаток</mark></a>' in page
    assert "a &lt; b" in page


def test_a_card_names_the_file_and_page_where_words_were_found():
    found = SimpleNamespace(title="Карточки.docx", page=2, snippet_html=mark_safe("<mark>остаток</mark>"))
    page = render_to_string("components/practice_card.html", {"card": card(attachment=found)})

    assert "<strong>Карточки.docx</strong>" in page
    assert "<mark>остаток</mark>" in page


def test_a_list_without_further_pages_has_no_pager():
    assert render_to_string("components/pagination.html", {"pager": {"previous_url": "", "next_url": ""}}).strip() == ""


def test_the_present_page_of_a_list_is_no_link():
    pages = [{"number": 1, "url": "?page=1", "current": False}, {"number": 2, "url": "?page=2", "current": True}]
    pager = {"previous_url": "?page=1", "next_url": "", "pages": pages}
    page = render_to_string("components/pagination.html", {"pager": pager})

    assert re.findall(r'href="([^"]+)"', page) == ["?page=1", "?page=1"]
    assert page.count('aria-current="page"') == 1


def test_sections_of_other_modules_are_rendered_with_their_own_context(tmp_path, settings):
    (tmp_path / "part.html").write_text("<p>{{ words }}</p>")
    settings.TEMPLATES = [settings.TEMPLATES[0] | {"DIRS": [tmp_path, *settings.TEMPLATES[0]["DIRS"]]}]
    (tmp_path / "whole.html").write_text("{% sections parts %}{{ words }}")
    section = Section("Практики", "part.html", {"words": "a < b"}, anchor="practices")

    page = render_to_string("whole.html", {"parts": [section]})

    assert "<h2>Практики</h2>" in page
    assert 'id="practices"' in page
    assert page.count("<p>a &lt; b</p>") == 1
    assert page.rstrip().endswith("</section>")


def test_the_stylesheet_is_bundled_whole_and_small():
    text = bundled(STATIC / "css/portal.css")
    parts = {path.stem for path in (STATIC / "css").glob("*.css")} - {"portal"}
    imported = set(re.findall(r'@import url\("([\w-]+)\.css"\)', (STATIC / "css/portal.css").read_text()))

    assert imported == parts
    assert ("@import" in text, "/*" in text) == (False, False)
    assert text.count("{") == text.count("}")
    assert len(brotli.compress(text.encode())) < 15_000


def test_collected_the_stylesheet_is_one_file_whose_pictures_are_found(tmp_path):
    source = FileSystemStorage(STATIC)
    names = [str(path.relative_to(STATIC)) for path in STATIC.rglob("*") if path.is_file()]
    collected = PortalStaticStorage(location=tmp_path, base_url="/static/")
    for name in names:
        with source.open(name) as file:
            collected.save(name, file)

    results = list(collected.post_process({name: (source, name) for name in names}))
    text = (tmp_path / collected.stored_name("css/portal.css")).read_text()

    assert [result for result in results if isinstance(result[-1], Exception)] == []
    assert "@import" not in text
    assert [name for name in re.findall(r'url\("../([^"]+)"\)', text) if not (tmp_path / name).exists()] == []


def test_scripts_are_small():
    assert len(brotli.compress((STATIC / "js/portal.js").read_bytes())) < 8_000
