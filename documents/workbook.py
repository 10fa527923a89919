"""Workbooks for Excel: tables that an officer goes on working with, in the letters of office papers (NĐ 30/2020)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from typing import Any

SCALE = 10_000
FONT = {"font_name": "Times New Roman", "font_size": 13, "valign": "vcenter"}
GRID = FONT | {"border": 1, "text_wrap": True}
WHOLE, BROKEN = "#,##0", "#,##0.0###"
LONGEST_NAME = 31  # letters of a sheet's name
FORBIDDEN = str.maketrans(dict.fromkeys("[]:*?/\\'", " "))


@dataclass(frozen=True)
class Number:
    """An amount in ten-thousandths, and words that stand before it; it stays a number that can be added up."""

    amount: int
    before: str = ""


Cell = str | Number | datetime | None


@dataclass(frozen=True)
class Column:
    """A column: its head, how many letters wide it is, and whether its numbers are added up below."""

    head: str
    width: int
    summed: bool = False


@dataclass(frozen=True)
class Sheet:
    """One table below its title. ``sum`` names the row of sums; without a summed column there is none.

    Moments are local and without a zone, which Excel does not know.
    """

    name: str
    title: tuple[str, ...]
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    sum: str = ""
    notes: tuple[str, ...] = ()


def workbook(sheets: Sequence[Sheet], created: datetime) -> bytes:
    """The sheets as an .xlsx file. What somebody typed is never a formula or a link, however it begins."""
    from xlsxwriter import Workbook  # only who makes one pays for it

    made = BytesIO()
    with Workbook(made, {"in_memory": True}) as book:
        book.set_properties({"created": created.replace(tzinfo=None)})
        styles = _Styles(book)
        for name, sheet in zip(_names(sheets), sheets, strict=True):
            _write(book.add_worksheet(name), sheet, styles)
    return made.getvalue()


class _Styles:
    """The styles of one workbook; those of numbers as they are needed."""

    def __init__(self, book: Any) -> None:
        self._book = book
        self.title = book.add_format(FONT | {"bold": True, "align": "center"})
        self.note = book.add_format(FONT | {"italic": True})
        self.head = book.add_format(GRID | {"bold": True, "align": "center", "bg_color": "#EFEFEF"})
        self.text = book.add_format(GRID)
        self.moment = book.add_format(GRID | {"num_format": "hh:mm dd/mm/yyyy", "align": "center"})
        self._numbers: dict[tuple[str, bool], Any] = {}

    def number(self, shape: str, *, bold: bool = False) -> Any:
        """The style of numbers that look like this."""
        if (shape, bold) not in self._numbers:
            self._numbers[shape, bold] = self._book.add_format(GRID | {"num_format": shape, "bold": bold})
        return self._numbers[shape, bold]


def _names(sheets: Sequence[Sheet]) -> list[str]:
    """Their names as Excel takes them: short, without some signs, no two alike."""
    found: list[str] = []
    for sheet in sheets:
        name = " ".join(sheet.name.translate(FORBIDDEN).split())[:LONGEST_NAME]
        again = sum(one.lower().startswith(name.lower()[: LONGEST_NAME - 4]) for one in found)
        found.append(f"{name[: LONGEST_NAME - 4]} ({again + 1})" if again else name)
    return found


def _write(page: Any, sheet: Sheet, styles: _Styles) -> None:
    last = len(sheet.columns) - 1
    for at, line in enumerate(sheet.title):
        page.merge_range(at, 0, at, last, "", styles.title)
        page.write_string(at, 0, line, styles.title)
    top = len(sheet.title) + 1
    for at, column in enumerate(sheet.columns):
        page.set_column(at, at, column.width)
        page.write_string(top, at, column.head, styles.head)
    for down, row in enumerate(sheet.rows, top + 1):
        for at, cell in enumerate(row):
            _write_cell(page, down, at, cell, styles)
    end = _write_sums(page, top + 1, sheet, styles)
    for at, note in enumerate(sheet.notes, end + 1):
        page.write_string(at, 0, note, styles.note)
    _set_up(page, top, last)


def _write_cell(page: Any, down: int, at: int, cell: Cell, styles: _Styles) -> None:
    match cell:
        case Number(amount, before):
            page.write_number(down, at, amount / SCALE, styles.number(_shape(amount, before)))
        case datetime():
            page.write_datetime(down, at, cell, styles.moment)
        case str():  # ``write`` would take "=1+1" for a formula
            page.write_string(down, at, cell, styles.text)
        case None:
            page.write_blank(down, at, None, styles.text)


def _shape(amount: int, before: str = "") -> str:
    quoted = f'"{before} "'.replace('""', "") if before else ""
    return quoted + (BROKEN if amount % SCALE else WHOLE)


def _write_sums(page: Any, first: int, sheet: Sheet, styles: _Styles) -> int:
    """Sums as formulas, so that they follow whatever is changed by hand; the row below which nothing stands."""
    from xlsxwriter.utility import xl_range

    end = first + len(sheet.rows)
    if not sheet.rows or not any(column.summed for column in sheet.columns):
        return end
    for at, column in enumerate(sheet.columns):
        if column.summed:
            total = sum(cell.amount for row in sheet.rows if isinstance(cell := row[at], Number))
            style = styles.number(_shape(total), bold=True)
            page.write_formula(end, at, f"=SUM({xl_range(first, at, end - 1, at)})", style, total / SCALE)
        else:
            page.write_string(end, at, sheet.sum if at == 1 else "", styles.head)
    return end + 1


def _set_up(page: Any, top: int, last: int) -> None:
    """On paper: A4 across, as wide as the page, the heads on every page."""
    page.freeze_panes(top + 1, min(2, last))
    page.set_landscape()
    page.set_paper(9)
    page.fit_to_pages(1, 0)
    page.repeat_rows(top)
    page.set_margins(left=0.6, right=0.4, top=0.6, bottom=0.6)
