"""Browsers that have a chat open: what they are, when they were seen, how one more is added and one is ended."""

import sqlalchemy as sa
import sqlmodel.sql.sqltypes
from alembic import op

import storage.types

revision = "0014"
down_revision = "0013"

TEXT = sqlmodel.sql.sqltypes.AutoString
MOMENT = storage.types.Moment


def upgrade() -> None:
    """Forward only."""
    with op.batch_alter_table("session") as session:
        session.add_column(sa.Column("seen_at", MOMENT(timezone=True), nullable=True))
        session.add_column(sa.Column("device", TEXT(), nullable=False, server_default=""))
        session.add_column(sa.Column("linked", sa.Boolean(), nullable=False, server_default=sa.false()))
        session.add_column(sa.Column("ended_at", MOMENT(timezone=True), nullable=True))
        session.add_column(sa.Column("renewed", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.create_table(
        "device_code",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("digest", TEXT(), nullable=False),
        sa.Column("expires_at", MOMENT(timezone=True), nullable=False),
        sa.Column("used_at", MOMENT(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_device_code_account_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_device_code")),
        sa.UniqueConstraint("digest", name=op.f("uq_device_code_digest")),
    )
    op.create_index(op.f("ix_device_code_account_id"), "device_code", ["account_id"])
    op.create_table(
        "device_attempt",
        sa.Column("id", storage.types.Serial, nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("at", MOMENT(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_device_attempt_account_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_device_attempt")),
    )
    for column in ("account_id", "at"):
        op.create_index(op.f(f"ix_device_attempt_{column}"), "device_attempt", [column])
    op.create_table(
        "signing_key",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", TEXT(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_signing_key")),
    )
