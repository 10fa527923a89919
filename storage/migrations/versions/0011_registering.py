"""Registering: states, pledges, works with a time, households that are counted, codes for anybody, participants."""

import sqlalchemy as sa
import sqlmodel.sql.sqltypes
from alembic import op

import storage.types

revision = "0011"
down_revision = "0010"

TEXT = sqlmodel.sql.sqltypes.AutoString
MOMENT = storage.types.Moment
CODE = {"campaign_id": "campaign", "unit_id": "unit", "by_id": "person"}
PLEDGE = {"registration_id": "registration", "photo_id": "photo"}
PARTICIPANT = {
    "campaign_id": "campaign",
    "unit_id": "unit",
    "person_id": "person",
    "shop_id": "unit",
    "by_id": "person",
    "done_photo_id": "photo",
}
MAY_BE_EMPTY = ("shop_id", "done_photo_id")


def upgrade() -> None:
    """Forward only."""
    _say_more_of_registrations()
    _give_works_a_time()
    _add_tables()


def _say_more_of_registrations() -> None:
    with op.batch_alter_table("registration") as registration:
        registration.add_column(sa.Column("state", TEXT(), nullable=False, server_default="confirmed"))
        registration.add_column(sa.Column("tasks", sa.JSON(), nullable=False, server_default="[]"))
        registration.add_column(sa.Column("counted", sa.Integer(), nullable=True))
        registration.add_column(sa.Column("counted_of", sa.Integer(), nullable=True))
        registration.add_column(sa.Column("reason", TEXT(), nullable=True))
        registration.add_column(sa.Column("revision", sa.Integer(), nullable=False, server_default="0"))
    op.execute("update registration set state = 'withdrawn' where left_at is not null")


def _give_works_a_time() -> None:
    """Works that are there already have been asked about since their unit registered."""
    with op.batch_alter_table("undertaking") as undertaking:
        undertaking.add_column(sa.Column("since", MOMENT(timezone=True), nullable=True))
        undertaking.add_column(sa.Column("ended_at", MOMENT(timezone=True), nullable=True))
    op.execute(
        "update undertaking set since = "
        "(select registered_at from registration where registration.id = undertaking.registration_id)"
    )
    with op.batch_alter_table("undertaking") as undertaking:
        undertaking.alter_column("since", existing_type=MOMENT(timezone=True), nullable=False)
        undertaking.drop_constraint(op.f("uq_undertaking_registration_id_key"), type_="unique")
    now = sa.text("ended_at is null")
    columns = ["registration_id", "key"]
    op.create_index("uq_undertaking_now", "undertaking", columns, unique=True, sqlite_where=now, postgresql_where=now)


def _add_tables() -> None:
    op.create_table(
        "pledge",
        sa.Column("registration_id", sa.Uuid(), nullable=False),
        sa.Column("signed_on", sa.Date(), nullable=False),
        sa.Column("photo_id", sa.Uuid(), nullable=True),
        *_references("pledge", PLEDGE),
        sa.PrimaryKeyConstraint("registration_id", name=op.f("pk_pledge")),
    )
    op.create_table(
        "open_code",
        sa.Column("id", sa.Uuid(), nullable=False),
        *(sa.Column(column, sa.Uuid(), nullable=False) for column in CODE),
        sa.Column("digest", TEXT(), nullable=False),
        sa.Column("expires_at", MOMENT(timezone=True), nullable=False),
        *(sa.Column(column, sa.Integer(), nullable=False) for column in ("at_most", "used")),
        sa.Column("ended_at", MOMENT(timezone=True), nullable=True),
        *_references("open_code", CODE),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_open_code")),
        sa.UniqueConstraint("digest", name=op.f("uq_open_code_digest")),
    )
    op.create_index(op.f("ix_open_code_unit_id"), "open_code", ["unit_id"])
    op.create_table(
        "participant",
        sa.Column("id", sa.Uuid(), nullable=False),
        *(sa.Column(column, sa.Uuid(), nullable=column in MAY_BE_EMPTY) for column in PARTICIPANT),
        *(sa.Column(column, TEXT(), nullable=False) for column in ("kind", "state")),
        *(sa.Column(column, TEXT(), nullable=True) for column in ("task", "done_words")),
        sa.Column("registered_at", MOMENT(timezone=True), nullable=False),
        *(sa.Column(column, MOMENT(timezone=True), nullable=True) for column in ("done_at", "left_at")),
        *_references("participant", PARTICIPANT),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_participant")),
    )
    for column in ("campaign_id", "unit_id", "person_id", "by_id"):
        op.create_index(op.f(f"ix_participant_{column}"), "participant", [column])


def _references(table: str, columns: dict[str, str]) -> list[sa.ForeignKeyConstraint]:
    return [
        sa.ForeignKeyConstraint([column], [f"{other}.id"], name=op.f(f"fk_{table}_{column}"))
        for column, other in columns.items()
    ]
