"""Files that are made for whoever asks."""

import sqlalchemy as sa
import sqlmodel.sql.sqltypes
from alembic import op

import storage.types

revision = "0019"
down_revision = "0018"

TEXT = sqlmodel.sql.sqltypes.AutoString
MOMENT = storage.types.Moment
TO_MAKE = sa.text("state = 'to_make'")


def upgrade() -> None:
    """Forward only."""
    op.create_table(
        "document",
        *(sa.Column(column, sa.Uuid(), nullable=False) for column in ("id", "account_id", "subject_id")),
        *(sa.Column(column, TEXT(), nullable=False) for column in ("kind", "state", "name")),
        sa.Column("attempt", sa.Integer(), nullable=False),
        sa.Column("asked_at", MOMENT(timezone=True), nullable=False),
        *(sa.Column(column, MOMENT(timezone=True), nullable=True) for column in ("made_at", "leased_until")),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_document_account_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_document")),
    )
    for column in ("account_id", "state"):
        op.create_index(op.f(f"ix_document_{column}"), "document", [column])
    op.create_index(
        "uq_document_to_make",
        "document",
        ["account_id", "kind", "subject_id"],
        unique=True,
        sqlite_where=TO_MAKE,
        postgresql_where=TO_MAKE,
    )
    op.add_column("outbox", sa.Column("documents", sa.JSON(), nullable=False, server_default="[]"))
