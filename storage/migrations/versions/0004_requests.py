"""What units ask for in their reports."""

import sqlalchemy as sa
import sqlmodel.sql.sqltypes
from alembic import op

import storage.types

revision = "0004"
down_revision = "0003"

TEXT = sqlmodel.sql.sqltypes.AutoString
MOMENT = storage.types.Moment
OPEN = sa.text("answered_at is null")
REFERENCES = {"report_id": "report", "unit_id": "unit", "owner_id": "person", "told_with": "obligation"}


def upgrade() -> None:
    """Forward only."""
    op.create_table(
        "request",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("report_id", sa.Uuid(), nullable=False),
        sa.Column("unit_id", sa.Uuid(), nullable=False),
        sa.Column("said", TEXT(), nullable=False),
        sa.Column("owner_id", sa.Uuid(), nullable=False),
        sa.Column("promised", sa.Date(), nullable=False),
        sa.Column("taken_at", MOMENT(timezone=True), nullable=False),
        sa.Column("reminded_at", MOMENT(timezone=True), nullable=True),
        sa.Column("raised_at", MOMENT(timezone=True), nullable=True),
        sa.Column("answer", TEXT(), nullable=True),
        sa.Column("answered_at", MOMENT(timezone=True), nullable=True),
        sa.Column("told_at", MOMENT(timezone=True), nullable=True),
        sa.Column("told_with", sa.Uuid(), nullable=True),
        *(
            sa.ForeignKeyConstraint([column], [f"{table}.id"], name=op.f(f"fk_request_{column}"))
            for column, table in REFERENCES.items()
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_request")),
        sa.UniqueConstraint("report_id", name=op.f("uq_request_report_id")),
    )
    for column in ("unit_id", "told_with"):
        op.create_index(op.f(f"ix_request_{column}"), "request", [column])
    op.create_index("ix_request_open", "request", ["promised"], sqlite_where=OPEN, postgresql_where=OPEN)
