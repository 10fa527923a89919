"""Campaigns on offer, and who made an edition."""

import sqlalchemy as sa
import sqlmodel.sql.sqltypes
from alembic import op

revision = "0010"
down_revision = "0009"


def upgrade() -> None:
    """Forward only."""
    op.create_table(
        "offer",
        sa.Column("slug", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("slug", name=op.f("pk_offer")),
    )
    with op.batch_alter_table("edition") as edition:
        edition.add_column(sa.Column("by_id", sa.Uuid(), nullable=True))
        edition.create_foreign_key(op.f("fk_edition_by_id"), "person", ["by_id"], ["id"])
