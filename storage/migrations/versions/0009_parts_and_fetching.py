"""Messages that a channel takes in several parts, and photos that are fetched from where a channel keeps them."""

import sqlalchemy as sa
import sqlmodel.sql.sqltypes
from alembic import op

import storage.types

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    """Forward only."""
    op.add_column("outbox", sa.Column("part", sa.Integer(), nullable=False, server_default="0"))
    op.add_column("photo", sa.Column("source", sqlmodel.sql.sqltypes.AutoString(), nullable=True))
    op.add_column("photo", sa.Column("tries", sa.Integer(), nullable=False, server_default="0"))
    op.add_column("photo", sa.Column("due_at", storage.types.Moment(timezone=True), nullable=True))
