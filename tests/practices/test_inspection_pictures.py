"""Places in pictures are found, shown and taken out; a part of a picture is made unrecognisable."""

from io import BytesIO

import pytest
from django.utils.translation import override
from PIL import ExifTags, Image, ImageChops, ImageOps

from files.models import PortalImage
from practices.inspection import fixes, inspect, needs_pupils_consent
from practices.inspection.places import place_of
from tests.factories import files, pages
from tests.factories.accounts import UserFactory

pytestmark = pytest.mark.django_db

VLADIVOSTOK = {1: "N", 2: (43.0, 6.0, 36.0), 3: "E", 4: (131.0, 52.0, 48.0)}


def shot(kind: str = "JPEG", gps: dict | None = VLADIVOSTOK, turn: int = 1) -> bytes:
    """A photograph as a telephone makes it."""
    picture = Image.linear_gradient("L").resize((320, 240)).convert("RGB")
    exif = Image.Exif()
    exif[ExifTags.Base.Orientation] = turn
    exif[ExifTags.Base.Make] = "Телефон".encode().decode("latin-1")
    if gps:
        exif.get_ifd(ExifTags.IFD.GPSInfo).update(gps)
    stream = BytesIO()
    picture.save(stream, kind, exif=exif)
    return stream.getvalue()


def picture(content: bytes, name: str = "Класс.jpg") -> PortalImage:
    return files.image(name, content, title="Класс за работой")


def block(image: PortalImage) -> dict:
    return {"type": "picture", "value": {"image": image.pk, "alt": "Класс", "caption": ""}, "id": "a"}


def opened(image: PortalImage) -> Image.Image:
    with image.open_file() as file:
        return Image.open(BytesIO(file.read()))


@pytest.mark.parametrize(
    ("kind", "name"), [("JPEG", "а.jpg"), ("WEBP", "а.webp"), ("PNG", "а.png"), ("AVIF", "а.avif")]
)
def test_a_place_is_found_in_every_format(kind, name):
    latitude, longitude = place_of(picture(shot(kind), name))
    assert (round(latitude, 2), round(longitude, 2)) == (43.11, 131.88)


@pytest.mark.parametrize(
    ("gps", "place"),
    [
        (None, None),
        ({**VLADIVOSTOK, 1: "S", 3: "W"}, (-43.11, -131.88)),
        ({1: "N", 3: "E"}, None),
        ({**VLADIVOSTOK, 2: (0.0, 0.0, 0.0), 4: (0.0, 0.0, 0.0)}, None),
        ({**VLADIVOSTOK, 2: (430.0, 0.0, 0.0)}, None),
    ],
)
def test_places_that_are_none_are_not_told(gps, place):
    found = place_of(picture(shot(gps=gps)))
    assert (found and (round(found[0], 2), round(found[1], 2))) == place


def test_the_author_is_shown_the_place_and_how_to_take_it_out():
    image, cover = picture(shot()), picture(shot())
    gallery = {
        "type": "gallery",
        "value": {"pictures": [{"type": "item", "value": {"image": image.pk}, "id": "1"}]},
        "id": "b",
    }
    practice = pages.draft(body=[block(image), gallery], share_image=cover)
    with override("ru"):
        found = inspect(practice)
    assert [(finding.kind, finding.section, finding.quote, finding.fix) for finding in found] == [
        ("place", "body", "Класс за работой: 43.11, 131.88", {"action": "remove_gps", "image": image.pk}),
        ("place", "about", "Класс за работой: 43.11, 131.88", {"action": "remove_gps", "image": cover.pk}),
    ]


@pytest.mark.parametrize(
    ("kind", "name"), [("JPEG", "а.jpg"), ("WEBP", "а.webp"), ("PNG", "а.png"), ("AVIF", "а.avif")]
)
@pytest.mark.parametrize("turn", [1, 6])
def test_taking_the_place_out_leaves_the_look(kind, name, turn, django_capture_on_commit_callbacks):
    image = picture(shot(kind, turn=turn), name)
    before, former = ImageOps.exif_transpose(opened(image)).convert("RGB"), image.file.name
    with django_capture_on_commit_callbacks(execute=True):
        image = fixes.remove_gps(image=image)
    after = ImageOps.exif_transpose(opened(image)).convert("RGB")
    assert place_of(image) is None
    assert ExifTags.Base.Make not in opened(image).getexif()
    assert after.size == before.size
    difference = ImageChops.difference(before, after).getextrema()
    assert max(high for _low, high in difference) <= (0 if kind in {"JPEG", "PNG"} else 12)
    assert not image.file.storage.exists(former)


def test_taking_the_place_out_forgets_the_sizes_made_before(django_capture_on_commit_callbacks):
    image = picture(shot())
    rendition = image.get_rendition("width-100")
    with django_capture_on_commit_callbacks(execute=True):
        fixes.remove_gps(image=image)
    assert not image.renditions.exists()
    assert not rendition.file.storage.exists(rendition.file.name)


def test_a_picture_without_a_place_is_left_alone_and_twice_is_as_once():
    image = picture(shot(gps=None))
    assert fixes.remove_gps(image=image).file.name == image.file.name
    told = fixes.remove_gps(image=picture(shot()))
    assert fixes.remove_gps(image=told).file.name == told.file.name


def test_a_second_picture_behind_the_first_goes_with_its_notes():
    """Telephones keep a smaller one, with a place of its own."""
    mended = fixes.without_notes(shot() + shot())
    assert mended.count(b"\xff\xd8\xff") == 1
    assert b"Exif" not in mended


def test_blurring_leaves_nothing_of_a_face_and_the_rest_as_it_was():
    checks = Image.effect_noise((320, 240), 100).convert("RGB")
    stream = BytesIO()
    checks.save(stream, "PNG")
    image = picture(stream.getvalue(), "а.png")
    teacher = UserFactory()
    made = fixes.blur(image=image, boxes=[fixes.Box(0.25, 0.25, 0.5, 0.5)], uploader=teacher)
    before, after = opened(image).convert("L"), opened(made).convert("L")
    assert made.pk != image.pk
    assert (made.title, made.uploaded_by_user) == (image.title, teacher)
    hidden, rest = (80, 60, 240, 180), (0, 0, 320, 60)
    assert ImageChops.difference(before.crop(rest), after.crop(rest)).getbbox() is None
    assert spread(before.crop(hidden)) > 200
    assert spread(after.crop(hidden)) < 60


def spread(picture: Image.Image) -> int:
    low, high = picture.getextrema()
    return high - low


def test_blurring_sees_the_picture_as_people_do():
    """A telephone held upright notes a turn: the box is of the turned picture."""
    image = picture(shot(turn=6))
    made = fixes.blur(image=image, boxes=[fixes.Box(0, 0, 0.1, 0.1)], uploader=UserFactory())
    assert opened(made).size == (240, 320)
    assert place_of(made) is None


@pytest.mark.parametrize(
    "box", [(-0.1, 0, 0.5, 0.5), (0, 0, 0, 0.5), (0.9, 0, 0.5, 0.5), (0, 0, 1, 2), (float("nan"), 0, 1, 1)]
)
def test_a_box_outside_the_picture_is_refused(box):
    with pytest.raises(fixes.NotInPicture):
        fixes.blur(image=picture(shot()), boxes=[fixes.Box(*box)], uploader=UserFactory())


def test_a_picture_is_replaced_in_cards_and_galleries():
    gallery = {
        "type": "gallery",
        "value": {"pictures": [{"type": "item", "value": {"image": 1, "alt": "а"}, "id": "1"}]},
        "id": "b",
    }
    card = {"type": "picture", "value": {"image": 1, "alt": "1"}, "id": "a"}
    other = {"type": "picture", "value": {"image": 2}, "id": "c"}
    assert fixes.replace_picture([card, gallery, other], 1, 7) == [
        {"type": "picture", "value": {"image": 7, "alt": "1"}, "id": "a"},
        {
            "type": "gallery",
            "value": {"pictures": [{"type": "item", "value": {"image": 7, "alt": "а"}, "id": "1"}]},
            "id": "b",
        },
        other,
    ]


def test_pictures_in_the_text_ask_for_the_parents_consent():
    prose = {"type": "prose", "value": "<p>а</p>", "id": "p"}
    gallery = {
        "type": "gallery",
        "value": {"pictures": [{"type": "item", "value": {"image": 1}, "id": "1"}]},
        "id": "b",
    }
    assert not needs_pupils_consent(pages.draft(body=[prose]))
    assert needs_pupils_consent(pages.draft(body=[prose, block(picture(shot()))]))
    assert needs_pupils_consent(pages.draft(body=[gallery]))
