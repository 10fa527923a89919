"""Announcements and what became of every copy."""

import sqlalchemy as sa
import sqlmodel.sql.sqltypes
from alembic import op

import storage.types

revision = "0006"
down_revision = "0005"

TEXT = sqlmodel.sql.sqltypes.AutoString
MOMENT = storage.types.Moment
NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
WAITING = sa.text("fate = 'waiting'")
OF_DELIVERY = {
    "announcement_id": "announcement",
    "person_id": "person",
    "unit_id": "unit",
    "group_id": "group",
    "outbox_id": "outbox",
}


def upgrade() -> None:
    """Forward only."""
    _add_announcements()
    _add_deliveries()


def _add_announcements() -> None:
    op.create_table(
        "announcement",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("campaign_id", sa.Uuid(), nullable=False),
        sa.Column("words", TEXT(), nullable=False),
        sa.Column("audience", TEXT(), nullable=False),
        sa.Column("by_id", sa.Uuid(), nullable=False),
        sa.Column("state", TEXT(), nullable=False),
        sa.Column("attempt", sa.Integer(), nullable=False),
        sa.Column("confirmed", TEXT(), nullable=False),
        sa.Column("sent_at", MOMENT(timezone=True), nullable=False),
        sa.Column("finished_at", MOMENT(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["campaign_id"], ["campaign.id"], name=op.f("fk_announcement_campaign_id")),
        sa.ForeignKeyConstraint(["by_id"], ["person.id"], name=op.f("fk_announcement_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_announcement")),
        sa.UniqueConstraint("confirmed", name=op.f("uq_announcement_confirmed")),
    )
    for column in ("campaign_id", "state"):
        op.create_index(op.f(f"ix_announcement_{column}"), "announcement", [column])


def _add_deliveries() -> None:
    op.create_table(
        "delivery",
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("announcement_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=True),
        sa.Column("unit_id", sa.Uuid(), nullable=True),
        sa.Column("group_id", sa.Uuid(), nullable=True),
        sa.Column("outbox_id", NUMBER, nullable=True),
        sa.Column("fate", TEXT(), nullable=False),
        *(
            sa.ForeignKeyConstraint([column], [f"{table}.id"], name=op.f(f"fk_delivery_{column}"))
            for column, table in OF_DELIVERY.items()
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_delivery")),
        sa.UniqueConstraint("announcement_id", "person_id", name=op.f("uq_delivery_announcement_id_person_id")),
        sa.UniqueConstraint("announcement_id", "group_id", name=op.f("uq_delivery_announcement_id_group_id")),
    )
    for column in ("announcement_id", "outbox_id"):
        op.create_index(op.f(f"ix_delivery_{column}"), "delivery", [column])
    op.create_index(
        "ix_delivery_waiting",
        "delivery",
        ["announcement_id", "id"],
        sqlite_where=WAITING,
        postgresql_where=WAITING,
    )
