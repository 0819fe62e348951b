"""XLSX by sheet, within bounds: a sheet may claim a million rows of nothing."""

from collections.abc import Iterator

from openpyxl import load_workbook

from .bounds import Part

MOST_SHEETS, MOST_ROWS, MOST_COLUMNS = 100, 20_000, 200


def parts(path: str, _code: str) -> Iterator[Part]:
    book = load_workbook(path, read_only=True, data_only=True, keep_links=False)
    for number, sheet in enumerate(book.worksheets[:MOST_SHEETS], start=1):
        rows = sheet.iter_rows(max_row=MOST_ROWS, max_col=MOST_COLUMNS, values_only=True)
        lines = (" ".join(str(value) for value in row if value not in (None, "")) for row in rows)
        yield number, "\n".join([sheet.title, *filter(None, lines)])
