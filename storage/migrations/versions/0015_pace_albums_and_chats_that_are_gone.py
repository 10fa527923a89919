"""How fast a bot and a chat may be sent to, albums whose parts come together, chats that cannot be reached."""

import sqlalchemy as sa
import sqlmodel.sql.sqltypes
from alembic import op

import storage.types

revision = "0015"
down_revision = "0014"


def upgrade() -> None:
    """Forward only."""
    op.add_column("inbox", sa.Column("ready_at", storage.types.Moment(timezone=True), nullable=True))
    op.add_column("bot", sa.Column("recent", sa.JSON(), nullable=False, server_default="[]"))
    op.add_column("account", sa.Column("gone_at", storage.types.Moment(timezone=True), nullable=True))
    op.add_column("account", sa.Column("menu", sqlmodel.sql.sqltypes.AutoString(), nullable=False, server_default=""))
    op.create_table(
        "chat_pace",
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("ready_at", storage.types.Moment(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_chat_pace_account_id")),
        sa.PrimaryKeyConstraint("account_id", name=op.f("pk_chat_pace")),
    )
