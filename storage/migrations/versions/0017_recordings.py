"""Voice messages and photographed pages, told instead of typed, until an officer has written them down."""

import sqlalchemy as sa
import sqlmodel.sql.sqltypes
from alembic import op

import storage.types

revision = "0017"
down_revision = "0016"

TEXT = sqlmodel.sql.sqltypes.AutoString
MOMENT = storage.types.Moment
WAITS = sa.text("settled_at is null")
REFERENCES = {
    "recording_id": "recording",
    "photo_id": "photo",
    "unit_id": "unit",
    "by_id": "person",
    "report_id": "report",
}
REQUIRED = ("unit_id", "by_id")


def upgrade() -> None:
    """Forward only."""
    op.create_table(
        "recording",
        *(sa.Column(column, sa.Uuid(), nullable=False) for column in ("id", "account_id")),
        sa.Column("state", TEXT(), nullable=False),
        *(sa.Column(column, TEXT(), nullable=True) for column in ("why", "source", "kind")),
        sa.Column("arrived_at", MOMENT(timezone=True), nullable=False),
        sa.Column("due_at", MOMENT(timezone=True), nullable=True),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("seconds", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_recording_account_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_recording")),
    )
    for column in ("account_id", "state"):
        op.create_index(op.f(f"ix_recording_{column}"), "recording", [column])
    op.create_table(
        "original",
        sa.Column("id", sa.Uuid(), nullable=False),
        *(sa.Column(column, sa.Uuid(), nullable=column not in REQUIRED) for column in REFERENCES),
        sa.Column("said_at", MOMENT(timezone=True), nullable=False),
        *(sa.Column(column, MOMENT(timezone=True), nullable=True) for column in ("told_at", "settled_at")),
        *(
            sa.ForeignKeyConstraint([column], [f"{table}.id"], name=op.f(f"fk_original_{column}"))
            for column, table in REFERENCES.items()
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_original")),
        *(sa.UniqueConstraint(column, name=op.f(f"uq_original_{column}")) for column in ("recording_id", "photo_id")),
    )
    op.create_index(op.f("ix_original_report_id"), "original", ["report_id"])
    op.create_index("ix_original_waits", "original", ["unit_id"], sqlite_where=WAITS, postgresql_where=WAITS)
    op.add_column("outbox", sa.Column("recordings", sa.JSON(), nullable=False, server_default="[]"))
