"""Reminders, digests, what is told upwards, and the program's own heartbeat."""

import sqlalchemy as sa
import sqlmodel.sql.sqltypes
from alembic import op

import storage.types

revision = "0003"
down_revision = "0002"

TEXT = sqlmodel.sql.sqltypes.AutoString
MOMENT = storage.types.Moment
WAITING = sa.text("settled_at is null")
IDENTITY = ("campaign_id", "kind", "number", "start", "up", "due_at")


def upgrade() -> None:
    """Forward only."""
    with op.batch_alter_table("obligation") as obligation:
        obligation.add_column(sa.Column("steps_for", MOMENT(timezone=True), nullable=True))
    _add_reminders()
    _add_digests()
    op.create_table(
        "beat",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("machine", MOMENT(timezone=True), nullable=False),
        sa.Column("campaign", MOMENT(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_beat")),
    )


def _number() -> sa.Column[int]:
    return sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False)


def _add_reminders() -> None:
    op.create_table(
        "reminder",
        _number(),
        sa.Column("obligation_id", sa.Uuid(), nullable=False),
        sa.Column("step", TEXT(), nullable=False),
        sa.Column("due_at", MOMENT(timezone=True), nullable=False),
        sa.Column("at", MOMENT(timezone=True), nullable=False),
        sa.Column("settled_at", MOMENT(timezone=True), nullable=True),
        sa.Column("message", TEXT(), nullable=True),
        sa.Column("cleared", TEXT(), nullable=True),
        sa.ForeignKeyConstraint(["obligation_id"], ["obligation.id"], name=op.f("fk_reminder_obligation_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reminder")),
        sa.UniqueConstraint("obligation_id", "step", "due_at", name=op.f("uq_reminder_obligation_id_step_due_at")),
    )
    op.create_index(op.f("ix_reminder_message"), "reminder", ["message"])
    op.create_index("ix_reminder_waiting", "reminder", ["at"], sqlite_where=WAITING, postgresql_where=WAITING)


def _add_digests() -> None:
    op.create_table(
        "digest",
        _number(),
        sa.Column("campaign_id", sa.Uuid(), nullable=False),
        sa.Column("kind", TEXT(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("start", sa.Date(), nullable=False),
        sa.Column("up", sa.Boolean(), nullable=False),
        sa.Column("due_at", MOMENT(timezone=True), nullable=False),
        sa.Column("at", MOMENT(timezone=True), nullable=False),
        sa.Column("settled_at", MOMENT(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["campaign_id"], ["campaign.id"], name=op.f("fk_digest_campaign_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_digest")),
        sa.UniqueConstraint(*IDENTITY, name=op.f("uq_digest_campaign_id_kind_number_start_up_due_at")),
    )
    op.create_index("ix_digest_waiting", "digest", ["at"], sqlite_where=WAITING, postgresql_where=WAITING)
