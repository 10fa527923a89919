"""The first officer's claim, and roles that wait for a second yes."""

import sqlalchemy as sa
import sqlmodel.sql.sqltypes
from alembic import op

import storage.types

revision = "0008"
down_revision = "0007"

TEXT = sqlmodel.sql.sqltypes.AutoString
MOMENT = storage.types.Moment
REFERENCES = {"person_id": "person", "unit_id": "unit", "asked_by_id": "person", "confirmed_by_id": "person"}


def upgrade() -> None:
    """Forward only."""
    op.create_table(
        "claim",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("digest", TEXT(), nullable=False),
        sa.Column("expires_at", MOMENT(timezone=True), nullable=False),
        sa.Column("used_at", MOMENT(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_claim")),
        sa.UniqueConstraint("digest", name=op.f("uq_claim_digest")),
    )
    op.create_table(
        "pending_role",
        sa.Column("id", sa.Uuid(), nullable=False),
        *(sa.Column(column, sa.Uuid(), nullable=column == "confirmed_by_id") for column in REFERENCES),
        sa.Column("role", TEXT(), nullable=False),
        sa.Column("joined_at", MOMENT(timezone=True), nullable=True),
        sa.Column("settled_at", MOMENT(timezone=True), nullable=True),
        *(
            sa.ForeignKeyConstraint([column], [f"{table}.id"], name=op.f(f"fk_pending_role_{column}"))
            for column, table in REFERENCES.items()
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pending_role")),
    )
    op.create_index(op.f("ix_pending_role_person_id"), "pending_role", ["person_id"])
