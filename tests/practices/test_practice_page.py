import json
import re
import zipfile
from io import BytesIO

import pytest
from django.core.files.base import ContentFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from pypdf import PdfReader
from wagtail.models import PageViewRestriction

from files.services import store_document
from practices.models import PracticeMaterial, PracticePage
from tests.factories import pages

pytestmark = pytest.mark.django_db


@pytest.fixture
def page() -> PracticePage:
    return pages.practice(
        title="Делим <пуговицы> & коробки",
        summary="Урок о делении с остатком.",
        authors=["Берёзкина Ирина Алексеевна"],
        published="2025-03-14",
        did_not_work="Спешить.",
        grades=[3, 4],
        body=[
            {"type": "heading", "value": "Ход"},
            {"type": "step", "value": {"title": "Раскладываем", "minutes": 8, "text": "По пять."}},
            {"type": "table", "value": {"caption": "Итог", "header": ["Было", "Стало"], "rows": [["11", "2"]]}},
            {"type": "callout", "value": "Не торопитесь."},
            {"type": "quote", "value": {"text": "Это те, кому не хватило.", "source": "ученик"}},
            {"type": "list", "value": ["раз", "два"]},
        ],
    )


def body(response) -> bytes:
    """The whole of an answer that comes in pieces; the client closes it afterwards."""
    return b"".join(response.streaming_content)


def attach(page: PracticePage, *titles: str) -> list[PracticeMaterial]:
    return [
        PracticeMaterial.objects.create(
            page=page,
            title=title,
            sort_order=order,
            document=store_document(file=ContentFile(f"Текст: {title}".encode(), name="t.txt"), title=title),
        )
        for order, title in enumerate(titles)
    ]


def test_the_page_shows_every_part_of_the_practice(client, page):
    context = client.get(page.url).context
    assert [section.anchor for section in context["sections"]] == ["problem", "practice", "results", "did-not-work"]
    assert context["card"].grades == [3, 4]
    assert [author["name"] for author in context["authors"]] == ["Берёзкина Ирина Алексеевна"]
    assert [str(revision["date"]) for revision in context["revisions"]] == ["2025-03-14"]


def test_json_ld_cannot_be_left_by_a_title(client, page):
    html = client.get(page.url).content.decode()
    data = json.loads(re.search(r'<script type="application/ld\+json">(.*?)</script>', html, re.DOTALL)[1])
    assert (data["@type"], data["name"], data["datePublished"]) == (
        "LearningResource",
        "Делим <пуговицы> & коробки",
        "2025-03-14",
    )


def test_all_materials_come_as_one_archive_with_latin_names_in_their_order(client, page):
    attach(page, "Карточки «Лови ошибку»", "../../etc/passwd")
    response = client.get(f"{page.url}materials/")
    archive = zipfile.ZipFile(BytesIO(body(response)))
    assert archive.namelist() == ["01-kartochki-lovi-oshibku.txt", "02-etc-passwd.txt"]
    assert archive.read("01-kartochki-lovi-oshibku.txt").decode() == "Текст: Карточки «Лови ошибку»"


def test_without_materials_the_archives_address_leads_back(client, page):
    assert client.get(f"{page.url}materials/").headers["Location"] == page.url


def test_the_handout_is_a_tagged_russian_pdf_for_the_archive(client, page):
    response = client.get(f"{page.url}handout/")
    pdf = PdfReader(BytesIO(body(response)))
    text = pdf.pages[0].extract_text()
    assert pdf.trailer["/Root"]["/Lang"] == "ru-RU"
    assert pdf.trailer["/Root"]["/MarkInfo"]["/Marked"]
    assert b"pdfaid:part" in pdf.trailer["/Root"]["/Metadata"].get_data()
    assert pdf.metadata.title == "Делим <пуговицы> & коробки"
    for words in ("Раскладываем", "Не торопитесь", "Было", "Берёзкина Ирина Алексеевна"):
        assert words in text


def test_the_handout_is_set_once_and_anew_after_a_change(client, page, settings):
    def handouts() -> list[str]:
        return [path.name for path in (settings.MEDIA_ROOT / "handouts" / str(page.pk)).iterdir()]

    body(client.get(f"{page.url}handout/"))
    first = handouts()
    body(client.get(f"{page.url}handout/"))
    assert handouts() == first
    page.title = "Иначе"
    page.save_revision().publish()
    body(client.get(f"{page.url}handout/"))
    assert len(handouts()) == 1
    assert handouts() != first


HOSTILE = [
    '#read("/etc/passwd")',
    "]#panic()[",
    "= Заголовок\n$ x $ `code` @ref <label> \\ // /* */",
    "\u202e\u0000\ufffe",
    "а" * 5000,
]


@pytest.mark.parametrize("text", HOSTILE)
def test_a_handout_sets_hostile_text_as_text(client, text):
    page = pages.practice(
        problem=text,
        body=[
            {"type": "paragraph", "value": text},
            {"type": "table", "value": {"header": [text], "rows": [[text]]}},
            {"type": "step", "value": {"title": text[:190], "text": text}},
        ],
    )
    response = client.get(f"{page.url}handout/")
    assert PdfReader(BytesIO(body(response))).pages


@pytest.mark.parametrize("level", ["<h2>Два</h2>", "<h4>Четыре</h4><h3>Три</h3>", "<h3>Три</h3><h4>Четыре</h4>"])
def test_a_handout_is_set_whatever_the_order_of_headings(client, page, level):
    page.problem = f"{level}<p>Текст.</p>"
    page.save_revision().publish()
    assert client.get(f"{page.url}handout/").status_code == 200


@pytest.mark.parametrize(("form", "start"), [("bib", "@online{"), ("ris", "TY  - ELEC")])
def test_citations_for_reference_managers(client, page, form, start):
    response = client.get(f"{page.url}citation/{form}/")
    assert response.content.decode().startswith(start)
    assert response.headers["Content-Disposition"] == f'attachment; filename="{page.slug}.{form}"'


def test_an_unknown_form_of_citation_is_not_found(client, page):
    assert client.get(f"{page.url}citation/exe/").status_code == 404


@pytest.mark.parametrize("below", ["", "handout/", "materials/", "citation/bib/", "citation/ris/"])
def test_whatever_lies_below_a_closed_page_is_closed(client, admin_client, page, below):
    attach(page, "Карточки")
    PageViewRestriction.objects.create(page=page, restriction_type=PageViewRestriction.LOGIN)
    assert client.get(page.url + below).status_code == 302
    assert admin_client.get(page.url + below).status_code == 200
    page.unpublish()
    assert client.get(page.url + below).status_code == 404


def test_downloads_are_counted_and_order_the_bank(client, page, settings):
    settings.COUNTING_INTERVAL = 0
    other = pages.practice()
    browser = {"HTTP_USER_AGENT": "Mozilla/5.0 (X11; Linux x86_64; rv:130.0) Gecko/20100101 Firefox/130.0"}
    body(client.get(f"{page.url}handout/", **browser))
    cards = client.get(f"{pages.bank_page().url}?sort=downloads").context["cards"]
    assert [(card.url, card.downloads) for card in cards] == [(page.url, 1), (other.url, 0)]


def test_related_practices_share_words(client, page):
    near = pages.practice(title="Делим коробки на пуговицы", tags=["деление с остатком"])
    pages.practice(
        title="Урок о Чехове", problem="Читают мало", body="Рассказ", results="Да", tags=["проза"], summary="Читаем."
    )
    assert [card.url for card in client.get(page.url).context["related"]][:1] == [near.url]


def test_a_page_costs_as_many_queries_with_thirty_materials_as_with_one(client, page):
    attach(page, "1")
    client.get(page.url)
    with CaptureQueriesContext(connection) as one:
        client.get(page.url + "?1")
    attach(page, *map(str, range(2, 31)))
    with CaptureQueriesContext(connection) as thirty:
        client.get(page.url + "?2")
    assert len(one) == len(thirty) <= 30
