"""Good people, good deeds."""

import sqlalchemy as sa
import sqlmodel.sql.sqltypes
from alembic import op

import storage.types

revision = "0007"
down_revision = "0006"

TEXT = sqlmodel.sql.sqltypes.AutoString
MOMENT = storage.types.Moment
REFERENCES = {
    "campaign_id": "campaign",
    "unit_id": "unit",
    "person_id": "person",
    "by_id": "person",
    "photo_id": "photo",
    "heard_by_id": "person",
    "approved_by_id": "person",
    "card_id": "photo",
}
REQUIRED = ("campaign_id", "unit_id", "person_id", "by_id")


def upgrade() -> None:
    """Forward only."""
    op.create_table(
        "highlight",
        sa.Column("id", sa.Uuid(), nullable=False),
        *(sa.Column(column, sa.Uuid(), nullable=column not in REQUIRED) for column in REFERENCES),
        *(sa.Column(column, TEXT(), nullable=False) for column in ("deed", "when", "state")),
        *(sa.Column(column, TEXT(), nullable=True) for column in ("heard", "wording")),
        *(sa.Column(column, sa.Boolean(), nullable=False) for column in ("child", "photo_agreed")),
        *(sa.Column(column, MOMENT(timezone=True), nullable=True) for column in ("agreed_at", "withdrawn_at")),
        sa.Column("nominated_at", MOMENT(timezone=True), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        *(
            sa.ForeignKeyConstraint([column], [f"{table}.id"], name=op.f(f"fk_highlight_{column}"))
            for column, table in REFERENCES.items()
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_highlight")),
        sa.UniqueConstraint("card_id", name=op.f("uq_highlight_card_id")),
    )
    for column in ("campaign_id", "unit_id", "person_id", "state"):
        op.create_index(op.f(f"ix_highlight_{column}"), "highlight", [column])
    op.create_table(
        "posting",
        sa.Column("highlight_id", sa.Uuid(), nullable=False),
        sa.Column("group_id", sa.Uuid(), nullable=False),
        sa.Column("at", MOMENT(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["highlight_id"], ["highlight.id"], name=op.f("fk_posting_highlight_id")),
        sa.ForeignKeyConstraint(["group_id"], ["group.id"], name=op.f("fk_posting_group_id")),
        sa.PrimaryKeyConstraint("highlight_id", "group_id", name=op.f("pk_posting")),
    )
