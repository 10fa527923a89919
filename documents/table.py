"""A table on paper as Word keeps it, to be put into a report upwards; set as NĐ 30/2020 (annex I) asks."""

from dataclasses import dataclass
from io import BytesIO
from typing import Any


@dataclass(frozen=True)
class Paper:
    """Who issues it, a title, one table and what is said below it.

    ``widths`` are of columns, in centimetres, 16.5 together.
    """

    above: str
    title: tuple[str, ...]
    heads: tuple[str, ...]
    widths: tuple[float, ...]
    rows: tuple[tuple[str, ...], ...]
    below: tuple[str, ...]


def table_paper(paper: Paper) -> bytes:
    """The paper as a .docx file."""
    from docx import Document  # only who makes one pays for it
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.shared import Cm, Pt

    document = Document()
    page = document.sections[0]
    page.page_width, page.page_height = Cm(21), Cm(29.7)
    page.top_margin = page.bottom_margin = Cm(2)
    page.left_margin, page.right_margin = Cm(3), Cm(1.5)
    _font(document.styles["Normal"], Pt(13))
    document.add_paragraph(paper.above).paragraph_format.space_after = Pt(8)
    for line in paper.title:
        titled = document.add_paragraph()
        titled.alignment = WD_ALIGN_PARAGRAPH.CENTER
        titled.add_run(line).bold = True
    document.add_paragraph().paragraph_format.line_spacing = Pt(8)
    _table(document, paper)
    document.add_paragraph().paragraph_format.line_spacing = Pt(8)
    for line in paper.below:
        document.add_paragraph().add_run(line).italic = True
    made = BytesIO()
    document.save(made)
    return made.getvalue()


def _font(style: Any, size: Any) -> None:
    """Word keeps the font of letters with marks apart ("east Asia"); left alone it would show another there."""
    from docx.oxml.ns import qn

    style.font.name, style.font.size = "Times New Roman", size
    style.element.rPr.rFonts.set(qn("w:eastAsia"), "Times New Roman")
    style.paragraph_format.space_after = 0


def _table(document: Any, paper: Paper) -> None:
    from docx.enum.table import WD_TABLE_ALIGNMENT
    from docx.shared import Cm

    table = document.add_table(rows=1, cols=len(paper.heads))
    table.style, table.alignment, table.autofit = "Table Grid", WD_TABLE_ALIGNMENT.CENTER, False
    _repeat_on_every_page(table.rows[0])
    for cell, head in zip(table.rows[0].cells, paper.heads, strict=True):
        cell.paragraphs[0].add_run(head).bold = True
    for row in paper.rows:
        for cell, words in zip(table.add_row().cells, row, strict=True):
            cell.text = words
    for column, width in zip(table.columns, paper.widths, strict=True):
        column.width = Cm(width)  # one program reads these,
    for row in table.rows:
        for cell, width in zip(row.cells, paper.widths, strict=True):
            cell.width = Cm(width)  # another those


def _repeat_on_every_page(row: Any) -> None:
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    head = OxmlElement("w:tblHeader")
    head.set(qn("w:val"), "true")
    row._tr.get_or_add_trPr().append(head)
