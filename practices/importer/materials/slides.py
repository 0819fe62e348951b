"""A presentation: a title slide, then a slide a line of the outline, with notes for the one who speaks."""

from io import BytesIO

from pptx import Presentation
from pptx.dml.color import RGBColor
from pptx.enum.lang import MSO_LANGUAGE_ID
from pptx.enum.shapes import MSO_SHAPE
from pptx.util import Cm, Pt

from practices.importer.materials.plan import Form, Item
from practices.importer.materials.settled import MADE_AT, settled

SEA, INK, QUIET = RGBColor(0x0B, 0x4F, 0x6C), RGBColor(0x1B, 0x2A, 0x33), RGBColor(0x5B, 0x6B, 0x75)
WIDE, HIGH = Cm(33.867), Cm(19.05)
TITLE_LAYOUT, CONTENT_LAYOUT = 0, 1
SHORT = 260  # letters that fit in the larger size
BODY = 1  # the placeholder below the title in both layouts
CUES = {
    Form.KEY: "Покажите после того, как класс предложил своё решение.",
    Form.TABLE: "Заполняйте вместе с классом, по строке.",
    Form.QUESTION: "Дайте минуту подумать молча, потом обсудите в парах.",
    Form.CARD: "Задание на карточке: объявите время и роли.",
}


def document(title: str, items: list[Item], practice: str) -> bytes:
    made = Presentation()
    made.slide_width, made.slide_height = WIDE, HIGH
    properties = made.core_properties
    properties.title, properties.subject, properties.author = title, practice, "Империя школ"
    properties.language = "ru-RU"
    properties.created = properties.modified = MADE_AT.replace(tzinfo=None)
    _title_slide(made, title, practice)
    for number, item in enumerate(items, 1):
        _slide(made, item, number, len(items))
    out = BytesIO()
    made.save(out)
    return settled(out.getvalue())


def _title_slide(made, title: str, practice: str) -> None:
    slide = made.slides.add_slide(made.slide_layouts[TITLE_LAYOUT])
    _bar(slide, Cm(0), Cm(16.4), WIDE, Cm(2.65))
    _set(slide.shapes.title, title, place=(Cm(2.5), Cm(5), Cm(28.8), Cm(4.5)), size=44, colour=SEA)
    _set(slide.placeholders[BODY], practice, place=(Cm(2.5), Cm(10), Cm(28.8), Cm(3.5)), size=22, colour=QUIET)
    slide.notes_slide.notes_text_frame.text = f"Слайды к практике «{practice}»."


def _slide(made, item: Item, number: int, count: int) -> None:
    slide = made.slides.add_slide(made.slide_layouts[CONTENT_LAYOUT])
    _bar(slide, Cm(0), Cm(0), Cm(0.6), HIGH)
    _set(slide.shapes.title, item.head, place=(Cm(2.2), Cm(1.2), Cm(29), Cm(3.2)), size=34, colour=SEA)
    body = "\n".join(item.parts) or (item.notes[0] if item.notes else "Обсудите в парах и запишите коротко.")
    _set(
        slide.placeholders[BODY],
        body,
        place=(Cm(2.2), Cm(5), Cm(29), Cm(12.4)),
        size=26 if len(body) < SHORT else 20,
        colour=INK,
    )
    cue = CUES.get(item.form, "Проговорите главное своими словами, затем дайте слово классу.")
    slide.notes_slide.notes_text_frame.text = "\n".join([f"{number} из {count}. {item.head}. {cue}", *item.notes])


def _bar(slide, left, top, width, height) -> None:
    bar = slide.shapes.add_shape(MSO_SHAPE.RECTANGLE, left, top, width, height)
    bar.fill.solid()
    bar.fill.fore_color.rgb = SEA
    bar.line.fill.background()


def _set(shape, text: str, *, place, size: int, colour: RGBColor) -> None:
    shape.left, shape.top, shape.width, shape.height = place
    shape.text_frame.text = text
    shape.text_frame.word_wrap = True
    for paragraph in shape.text_frame.paragraphs:
        for run in paragraph.runs:
            run.font.size, run.font.color.rgb, run.font.name = Pt(size), colour, "Arial"
            run.font.language_id = MSO_LANGUAGE_ID.RUSSIAN
