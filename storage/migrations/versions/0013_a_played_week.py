"""A week that a rehearsal plays before one's eyes, and whether the others play by themselves."""

import sqlalchemy as sa
import sqlmodel.sql.sqltypes
from alembic import op

revision = "0013"
down_revision = "0012"


def upgrade() -> None:
    """Forward only."""
    op.add_column("clock", sa.Column("week", sqlmodel.sql.sqltypes.AutoString(), nullable=True))
    op.add_column("clock", sa.Column("others", sa.Boolean(), nullable=False, server_default=sa.true()))
