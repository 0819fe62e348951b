"""PPTX by slide: shapes, groups, tables, charts' titles, and the notes, where teachers write what they say."""

from collections.abc import Iterable, Iterator

from pptx import Presentation
from pptx.enum.shapes import MSO_SHAPE_TYPE
from pptx.shapes.base import BaseShape

from .bounds import Part

DEEPEST_GROUP = 20


def parts(path: str, _code: str) -> Iterator[Part]:
    for number, slide in enumerate(Presentation(path).slides, start=1):
        texts = list(texts_of(slide.shapes))
        if slide.has_notes_slide and slide.notes_slide.notes_text_frame:
            texts.append(slide.notes_slide.notes_text_frame.text)
        yield number, "\n".join(texts)


def texts_of(shapes: Iterable[BaseShape], depth: int = 0) -> Iterator[str]:
    for shape in shapes:
        if shape.shape_type == MSO_SHAPE_TYPE.GROUP and depth < DEEPEST_GROUP:
            yield from texts_of(shape.shapes, depth + 1)
        elif shape.has_text_frame:
            yield shape.text_frame.text
        elif getattr(shape, "has_table", False) and shape.has_table:
            for row in shape.table.rows:
                yield " ".join(cell.text for cell in row.cells)
        elif getattr(shape, "has_chart", False) and shape.has_chart and shape.chart.has_title:
            yield shape.chart.chart_title.text_frame.text
