"""A bot's month with its vendor, messages that wait for the next one, and codes that join a second account."""

import sqlalchemy as sa
import sqlmodel.sql.sqltypes
from alembic import op

import storage.types

revision = "0016"
down_revision = "0015"

TEXT = sqlmodel.sql.sqltypes.AutoString
MOMENT = storage.types.Moment


def upgrade() -> None:
    """Forward only."""
    op.add_column("outbox", sa.Column("held_until", MOMENT(timezone=True), nullable=True))
    op.add_column("account", sa.Column("place", sa.Integer(), nullable=False, server_default="0"))
    op.add_column("bot", sa.Column("paused_why", TEXT(), nullable=True))
    for limit in ("messages", "users", "groups"):
        op.add_column("bot", sa.Column(limit, sa.Integer(), nullable=True))
    op.create_table(
        "spent",
        *(sa.Column(name, TEXT(), nullable=False) for name in ("bot", "story", "lane")),
        sa.Column("month", sa.Date(), nullable=False),
        sa.Column("messages", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("bot", "month", "story", "lane", name=op.f("pk_spent")),
    )
    op.create_table(
        "quota_told",
        sa.Column("bot", TEXT(), nullable=False),
        sa.Column("month", sa.Date(), nullable=False),
        sa.Column("percent", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("bot", "month", "percent", name=op.f("pk_quota_told")),
    )
    op.create_table(
        "pairing",
        *(sa.Column(name, sa.Uuid(), nullable=False) for name in ("id", "account_id", "person_id")),
        sa.Column("digest", TEXT(), nullable=False),
        sa.Column("expires_at", MOMENT(timezone=True), nullable=False),
        sa.Column("used_at", MOMENT(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_pairing_account_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_pairing_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pairing")),
        sa.UniqueConstraint("digest", name=op.f("uq_pairing_digest")),
    )
    op.create_index(op.f("ix_pairing_account_id"), "pairing", ["account_id"])
