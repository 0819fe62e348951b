"""Renditions: new formats, the right way up, from one template tag."""

import io

import pytest
from django.template import Context, Template
from PIL import Image

from tests.factories import files as make

pytestmark = pytest.mark.django_db


def test_a_picture_is_offered_as_avif_webp_and_jpeg():
    picture = make.image("a.jpg", make.picture("JPEG", (1200, 800)), description="Море")
    html = Template("{% load wagtailimages_tags %}{% picture image format-{avif,webp,jpeg} width-{400,800} %}").render(
        Context({"image": picture})
    )
    assert [source in html for source in ('type="image/avif"', 'type="image/webp"', 'alt="Море"')] == [True] * 3
    kinds = {}
    for rendition in picture.renditions.all():
        with Image.open(io.BytesIO(rendition.file.read())) as drawn:
            kinds[rendition.filter_spec] = (drawn.format, drawn.width)
    assert kinds == {
        f"format-{spec}|width-{width}": (kind, width)
        for spec, kind in [("avif", "AVIF"), ("webp", "WEBP"), ("jpeg", "JPEG")]
        for width in (400, 800)
    }


def test_a_telephones_picture_stands_the_right_way_up():
    exif = Image.Exif()
    exif[0x0112] = 6
    picture = make.image("a.jpg", make.picture("JPEG", (800, 400), exif=exif))
    rendition = picture.get_rendition("max-300x300")
    assert (rendition.width, rendition.height) == (150, 300)


@pytest.mark.parametrize("kind", ["AVIF", "WEBP", "PNG", "GIF"])
def test_every_accepted_format_can_be_drawn(kind):
    picture = make.image(f"a.{kind.lower()}", make.picture(kind, (600, 400)))
    assert (picture.width, picture.get_rendition("width-300|format-webp").height) == (600, 200)
