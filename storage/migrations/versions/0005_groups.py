"""Groups that follow a campaign."""

import sqlalchemy as sa
import sqlmodel.sql.sqltypes
from alembic import op

import storage.types

revision = "0005"
down_revision = "0004"

TEXT = sqlmodel.sql.sqltypes.AutoString
MOMENT = storage.types.Moment
REFERENCES = {"campaign_id": "campaign", "asked_by_id": "person", "account_id": "account"}


def upgrade() -> None:
    """Forward only."""
    with op.batch_alter_table("account") as account:
        account.add_column(sa.Column("group", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.create_table(
        "group",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("campaign_id", sa.Uuid(), nullable=False),
        sa.Column("purpose", TEXT(), nullable=False),
        sa.Column("name", TEXT(), nullable=False),
        sa.Column("digest", TEXT(), nullable=False),
        sa.Column("asked_by_id", sa.Uuid(), nullable=True),
        sa.Column("expires_at", MOMENT(timezone=True), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=True),
        sa.Column("linked_at", MOMENT(timezone=True), nullable=True),
        sa.Column("ended_at", MOMENT(timezone=True), nullable=True),
        *(
            sa.ForeignKeyConstraint([column], [f"{table}.id"], name=op.f(f"fk_group_{column}"))
            for column, table in REFERENCES.items()
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_group")),
        sa.UniqueConstraint("digest", name=op.f("uq_group_digest")),
    )
    for column in ("campaign_id", "account_id"):
        op.create_index(op.f(f"ix_group_{column}"), "group", [column])
