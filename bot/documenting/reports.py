"""The reports of a period as a workbook: a row for each unit, a column for each figure, sums below."""

from collections.abc import Sequence
from datetime import datetime

from campaigns.calendar import LOCAL
from campaigns.obligation import Standing
from campaigns.report import Figure, How
from campaigns.target import Asking, Gather
from config.texts import Texts
from documents.workbook import Cell, Column, Number, Sheet, workbook
from handlers.documents import Line, PeriodTable

HAD = (Standing.ON_TIME, Standing.LATE)


def reports(tables: Sequence[PeriodTable], texts: Texts, now: datetime) -> bytes:
    """An .xlsx file with a sheet for each period."""
    return workbook([_sheet(table, texts) for table in tables], now)


def _sheet(table: PeriodTable, texts: Texts) -> Sheet:
    works = any(line.works for line in table.lines)
    had = sum(line.standing in HAD for line in table.lines)
    about = {
        "period": table.period,
        "due_at": table.due_at,
        "had": had,
        "total": len(table.lines),
        "title": table.edition.campaign.plan.title,
    }
    title = ("campaign", "table_title", "table_due")
    return Sheet(
        name=texts.plain("document.sheet", about),
        title=tuple(texts.plain(f"document.{line}", about) for line in title),
        columns=tuple(_columns(table, texts, works=works)),
        rows=tuple(_row(at, line, table, texts, works=works) for at, line in enumerate(table.lines, 1)),
        sum=texts.plain("document.sum", about),
        notes=(texts.plain("document.table_note", {}),),
    )


def _columns(table: PeriodTable, texts: Texts, *, works: bool) -> list[Column]:
    def head(name: str) -> str:
        return texts.plain(f"document.head_{name}", {})

    figures = [_figure_column(asking, table, texts) for asking in table.asked]
    told = [Column(head("works"), 34)] if works else []
    return [
        Column(head("number"), 5),
        Column(head("unit"), 22),
        Column(head("standing"), 20),
        Column(head("said"), 18),
        *figures,
        *told,
        Column(head("story"), 44),
        Column(head("receipt"), 9),
    ]


def _figure_column(asking: Asking, table: PeriodTable, texts: Texts) -> Column:
    values = {"label": asking.label or table.edition.campaign.target(asking.target).name, "measure": asking.measure}
    return Column(texts.plain("document.head_figure", values), 16, summed=asking.gather is Gather.SUM)


def _row(at: int, line: Line, table: PeriodTable, texts: Texts, *, works: bool) -> tuple[Cell, ...]:
    latest = line.report.latest if line.report else None
    said = {figure.item: figure for figure in latest.figures} if latest else {}
    standing = {"standing": str(line.standing), "state": str(line.report.state) if line.report else ""}
    return (
        Number(at * 10_000),
        texts.plain("document.place", {"unit": line.unit}),
        texts.plain("document.standing", standing),
        line.obligation.first_said_at.astimezone(LOCAL).replace(tzinfo=None) if line.obligation.first_said_at else None,
        *(_cell(said.get(asking.target), texts) for asking in table.asked),
        *((_works(line, texts) or None,) if works else ()),
        (latest.story or None) if latest else None,
        line.report.receipt if line.report else None,
    )


def _cell(figure: Figure | None, texts: Texts) -> Cell:
    """Nothing at all where nothing was said, which is not zero; "chưa rõ" in words."""
    if figure is None:
        return None
    if figure.how is How.UNKNOWN or figure.amount is None:
        return texts.plain("document.unknown", {})
    return Number(figure.amount, texts.plain("document.estimate", {}) if figure.estimate else "")


def _works(line: Line, texts: Texts) -> str:
    return "\n".join(
        texts.plain(
            "document.work",
            {
                "label": label,
                "how": str(figure.how),
                "amount": figure.amount,
                "measure": figure.measure,
                "estimate": figure.estimate,
            },
        )
        for label, figure in line.works
    )
