"""A picture of the first page: of a PDF's first page, or of the picture itself."""

import io

import pypdfium2
from PIL import Image, ImageOps

#: Pixels: wide enough for a card on a dense screen, and no taller than a page of A4 twice over.
WIDTH, TALLEST = 480, 1360
QUALITY = 80
#: A point is 1/72 inch. A page larger than a wall poster is drawn at the least scale.
LEAST_SCALE = 0.01


def draw(path: str, code: str) -> bytes:
    """A WebP."""
    if code == "pdf":
        return packed(first_page(path))
    with Image.open(path, formats=[code.upper()]) as picture:
        picture.draft("RGB", (WIDTH * 2, TALLEST * 2))
        return packed(ImageOps.exif_transpose(picture))


def first_page(path: str) -> Image.Image:
    page = pypdfium2.PdfDocument(path)[0]
    width, height = page.get_size()
    scale = max(LEAST_SCALE, min(WIDTH / max(width, 1), TALLEST / max(height, 1)))
    return page.render(scale=scale).to_pil()


def packed(picture: Image.Image) -> bytes:
    picture.thumbnail((WIDTH, TALLEST))
    if picture.mode not in {"RGB", "RGBA"}:
        picture = picture.convert("RGBA" if "transparency" in picture.info or picture.mode == "LA" else "RGB")
    answer = io.BytesIO()
    picture.save(answer, "WEBP", quality=QUALITY)
    return answer.getvalue()
