"""The PDF: what stands on it, that it fits, and that its QR leads to the page that verifies it."""

from io import BytesIO

import pypdfium2
import pytest
import qrcode
from PIL import Image
from pypdf import PdfReader

from certificates import paper
from tests.factories.accounts import UserFactory
from tests.factories.papers import certificate

pytestmark = pytest.mark.django_db

LONG = {"last_name": "Константинопольская-" * 4, "first_name": "Александра-" * 8, "patronymic": "Константиновна-" * 6}


def words(pdf: bytes) -> str:
    """The text of a PDF of one page, without its line breaks."""
    (page,) = PdfReader(BytesIO(pdf)).pages
    return "".join(page.extract_text().split())


def picture(pdf: bytes) -> Image.Image:
    return pypdfium2.PdfDocument(pdf)[0].render(scale=4).to_pil().convert("L")


def test_it_says_whose_for_what_when_and_where(client):
    person = UserFactory(last_name="Берёзкина", first_name="Ирина", patronymic="Львовна")
    given = certificate(person, title="Читаем карту города")
    response = client.get(given.pdf_url)
    assert response.headers["Content-Type"] == "application/pdf"
    assert response.headers["Content-Disposition"] == f'inline; filename="{given.code}.pdf"'
    said = words(response.content)
    expected = [
        "Свидетельствоопубликации",
        "БерёзкинаИринаЛьвовна",
        "учительгеографии,Школа№25",
        "авторпрактики,опубликованнойвбанке",
        "«Читаемкартугорода»",
        given.code,
        given.address,
        given.url,
        str(given.issued_on.year),
    ]
    assert [each for each in expected if each not in said] == []


def test_it_is_fit_for_an_archive_and_names_itself(client):
    given = certificate(title="Читаем карту")
    reader = PdfReader(BytesIO(client.get(given.pdf_url).content))
    assert reader.metadata.title == "Свидетельство о публикации: Читаем карту"
    assert reader.metadata.author == given.holder_name
    assert given.code in reader.metadata["/Keywords"]
    xmp = reader.trailer["/Root"]["/Metadata"].get_data().decode()
    assert ("<pdfaid:part>2</pdfaid:part>" in xmp, "<pdfuaid:part>1</pdfuaid:part>" in xmp) == (True, True)


@pytest.mark.parametrize("gap", [" ", ""], ids=["words", "one word"])
def test_names_and_titles_of_hundreds_of_signs_fit_on_the_page(gap):
    title = gap.join(["Функциональная грамотность".replace(" ", gap)] * 20)[:500].strip()
    given = certificate(
        UserFactory(**{name: value[:100] for name, value in LONG.items()}),
        title=title,
        position=("заместитель директора по воспитательной работе, " * 4)[:200].replace(" ", gap),
        school="Ш" * 255 if not gap else ("Муниципальное общеобразовательное учреждение " * 6)[:255],
        url="/bank/" + "x" * 200 + "/",
    )
    made = paper.paper_of(given)
    said = words(made)
    assert [
        text for text in (given.title, given.holder_name, given.school, given.url) if "".join(text.split()) not in said
    ] == []
    # Nothing has run out of the frame at the sides or down upon the QR: these strips are white.
    page = picture(made)
    dot = page.width / 297
    strips = [(0, 0, 8, 140), (289, 0, 297, 140), (12, 143.7, 285, 145.5)]
    assert [page.crop(tuple(int(edge * dot) for edge in strip)).getextrema()[0] for strip in strips] == [255] * 3


def test_emoji_in_a_title_do_not_break_it():
    assert "Карта" in words(paper.paper_of(certificate(title="Карта 🗺 города")))


def test_its_addresses_can_be_copied(client, settings):
    """A long host once brought unseen spaces into them."""
    settings.BASE_URL = "http://imperia-shkol.obrazovanie-vladivostok.localhost:48801"
    given = certificate(url="/bank/pishem-slovarnye-diktanty-na-vremya-i-bez-nego/")
    said = words(paper.paper_of(given))
    assert [each for each in (given.address, given.url) if each not in said] == []


def test_its_qr_is_the_address_of_the_page_that_verifies_it(client):
    given = certificate()
    code = qrcode.QRCode(error_correction=qrcode.constants.ERROR_CORRECT_M, border=0)
    code.add_data(given.address)
    assert squares(picture(client.get(given.pdf_url).content), len(code.get_matrix())) == code.get_matrix()


def squares(page: Image.Image, size: int) -> list[list[bool]]:
    """The modules of the QR on a page: on it alone is pure black."""
    left, top, right, bottom = page.point(lambda level: 255 * (level == 0)).getbbox()
    side = (right - left) / size
    assert abs((bottom - top) / size - side) < 0.1
    return [
        [page.getpixel((int(left + (x + 0.5) * side), int(top + (y + 0.5) * side))) < 128 for x in range(size)]
        for y in range(size)
    ]
