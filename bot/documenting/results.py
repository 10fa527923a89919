"""Results as a table in Word, to be put into a report upwards."""

from datetime import datetime

from config.texts import Texts
from documents.table import Paper, table_paper
from handlers.documents import Results

HEADS = ("number", "target", "goal", "done", "share", "missing")
WIDTHS = (1.2, 5.3, 3.0, 2.6, 2.1, 2.3)  # centimetres; with the margins an A4 page


def results(found: Results, texts: Texts, now: datetime) -> bytes:
    """A .docx file with one row for each target that units are asked about."""
    campaign = found.edition.campaign
    title = (
        texts.plain("document.results_title", {}),
        texts.plain("document.campaign", {"title": campaign.plan.title}),
        texts.plain("document.results_until", {"at": now}),
    )
    rows = tuple(
        (
            str(at),
            texts.plain("document.target", {"row": row}),
            texts.plain("document.goal", {"goal": row["plan"]}),
            *(texts.plain(f"document.{cell}", {"row": row}) for cell in ("done", "share")),
            texts.plain("document.missing", {"units": row["missing"]}),
        )
        for at, row in enumerate(found.rows, 1)
    )
    heads = tuple(texts.plain(f"document.head_{head}", {}) for head in HEADS)
    note = texts.plain("document.results_note", {})
    return table_paper(Paper(campaign.plan.issuer, title, heads, WIDTHS, rows, (note,)))
