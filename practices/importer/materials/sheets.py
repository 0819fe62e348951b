"""A workbook: the outline's lines as columns of a table for a class, with sums and means that count themselves."""

import re
from io import BytesIO

from openpyxl import Workbook
from openpyxl.chart import BarChart, Reference
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from practices.importer.materials.plan import Item
from practices.importer.materials.settled import MADE_AT, settled

ROWS = 25
FIRST, LAST = 2, ROWS + 1
HEADER = PatternFill("solid", fgColor="0B4F6C")
THIN = Side(style="thin", color="9AA8B0")
GRID = Border(left=THIN, right=THIN, top=THIN, bottom=THIN)
#: A line of its own that is a sheet, or a picture of the numbers.
SHEET = re.compile(r"^(?:вкладка|лист) «(.+)»$|^лист (.+)$", re.IGNORECASE)
CHART = re.compile(r"^(график|диаграмма|роза ветров)", re.IGNORECASE)
NUMBERS = re.compile(
    r"балл|минут|скольк|числ|цена|количеств|объём|дол[яи]|ошибок|0–\d|частот|сумм|площад|пропуск|всего|предсказано|ложных"
    r"|белых клеток|показани|средн|длин|замер|высказыв|из шести", re.IGNORECASE
)  # fmt: skip
FORBIDDEN = re.compile(r"[\[\]:*?/\\]")
COUNTED = re.compile(r"^столбцы (\d+)–(\d+)$", re.IGNORECASE)


def document(title: str, items: list[Item], practice: str) -> bytes:
    book = Workbook()
    properties = book.properties
    properties.title, properties.subject, properties.creator = title, practice, "Империя школ"
    properties.language = "ru-RU"
    properties.created = MADE_AT.replace(tzinfo=None)
    columns = [column for item in items if not _apart(item) for column in _columns(item)]
    main = book.active
    main.title = _name(title)
    numeric = _table(main, columns or ["Запись"])
    for item in items:
        if found := SHEET.match(item.head):
            _table(book.create_sheet(_name((found[1] or found[2]).capitalize())), columns or ["Запись"])
    charts = [item for item in items if CHART.match(item.head)]
    if charts and numeric:
        _charts(book.create_sheet("График"), main, numeric, charts)
    _about(book.create_sheet("О таблице"), title, items, practice)
    out = BytesIO()
    book.save(out)
    return settled(out.getvalue())


def _apart(item: Item) -> bool:
    return bool(SHEET.match(item.head) or CHART.match(item.head))


def _columns(item: Item) -> list[str]:
    """«Фамилия, дата, книга» is three columns, «Столбцы 1–12» twelve."""
    if counted := COUNTED.match(item.head):
        return [f"Умение {number}" for number in range(int(counted[1]), int(counted[2]) + 1)][:40]
    names = (
        [name.strip() for name in item.head.split(", ")] if not item.parts and "0–" not in item.head else [item.head]
    )
    names = names if all(names) and len(names) > 1 and len(item.head) < 60 else [item.head]  # noqa: PLR2004
    return [*(name[:1].upper() + name[1:] for name in names), *(f"{item.head}: {part.lower()}" for part in item.parts)]


def _name(text: str) -> str:
    return FORBIDDEN.sub(" ", text)[:31].strip() or "Таблица"


def _table(sheet: Worksheet, columns: list[str]) -> list[int]:
    """Header, empty rows, a row of totals. Returns the numbers of columns that are counted."""
    numeric = []
    sheet.append(["№", *columns])
    _as_text(sheet)
    for number in range(1, ROWS + 1):
        sheet.append([number])
    sheet.append(["Итого"])
    for index, name in enumerate(columns, 2):
        letter = get_column_letter(index)
        if NUMBERS.search(name):
            numeric.append(index)
            mean = re.search(r"0–\d|дол|средн|частот", name, re.IGNORECASE)
            cells = f"{letter}{FIRST}:{letter}{LAST}"
            total = f'=IF(COUNT({cells})=0,"",{"AVERAGE" if mean else "SUM"}({cells}))'
            sheet.cell(LAST + 1, index, total)
        else:
            sheet.cell(LAST + 1, index, f'=COUNTA({letter}{FIRST}:{letter}{LAST})&" зап."')
        sheet.column_dimensions[letter].width = min(max(14, len(name) * 0.9), 34)
    _dress(sheet, len(columns) + 1)
    return numeric


def _as_text(sheet: Worksheet) -> None:
    """What stands in the sheet are words: a line of an outline that begins with «=» is no formula."""
    for row in sheet.iter_rows():
        for cell in row:
            cell.data_type = "s" if isinstance(cell.value, str) else cell.data_type


def _dress(sheet: Worksheet, width: int) -> None:
    sheet.column_dimensions["A"].width = 8
    sheet.row_dimensions[1].height = 42
    for row in sheet.iter_rows(min_row=1, max_row=LAST + 1, max_col=width):
        for cell in row:
            cell.border = GRID
    for cell in sheet[1]:
        cell.font, cell.fill = Font(bold=True, color="FFFFFF"), HEADER
        cell.alignment = Alignment(wrap_text=True, vertical="center", horizontal="center")
    for cell in sheet[LAST + 1]:
        cell.font = Font(bold=True)
    sheet.freeze_panes = "C2"
    sheet.auto_filter.ref = f"A1:{get_column_letter(width)}{LAST}"
    sheet.page_setup.orientation, sheet.page_setup.fitToHeight = "landscape", 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.print_title_rows = "1:1"


def _charts(sheet: Worksheet, main: Worksheet, numeric: list[int], items: list[Item]) -> None:
    for place, item in enumerate(items):
        column = numeric[min(place, len(numeric) - 1)]
        chart = BarChart()
        chart.title, chart.width, chart.height = item.head, 24, 9
        chart.add_data(Reference(main, min_col=column, min_row=1, max_row=LAST), titles_from_data=True)
        chart.set_categories(Reference(main, min_col=1, min_row=FIRST, max_row=LAST))
        sheet.add_chart(chart, f"A{1 + 20 * place}")


def _about(sheet: Worksheet, title: str, items: list[Item], practice: str) -> None:
    sheet.append(["Таблица", title])
    sheet.append(["Практика", practice])
    for item in items:
        sheet.append([item.head, "\n".join(["; ".join(item.parts), *item.notes]).strip()])
    _as_text(sheet)
    sheet.column_dimensions["A"].width, sheet.column_dimensions["B"].width = 44, 70
    for row in sheet.iter_rows():
        row[0].font = Font(bold=True)
        for cell in row:
            cell.alignment = Alignment(wrap_text=True, vertical="top")
