"""Bots that the program does not serve any more: whoever has nothing but an account there is phoned."""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"


def upgrade() -> None:
    """Forward only."""
    op.add_column("bot", sa.Column("served", sa.Boolean(), nullable=False, server_default=sa.true()))
