"""Several cadences in a campaign, clusters, units that change, extensions."""

from typing import Any

import sqlalchemy as sa
import sqlmodel.sql.sqltypes
from alembic import op

import storage.types

revision = "0002"
down_revision = "0001"

TEXT = sqlmodel.sql.sqltypes.AutoString
MOMENT = storage.types.Moment


def upgrade() -> None:
    """Forward only."""
    _add_tables()
    _add_columns()
    _rewrite_editions()


def _add_tables() -> None:
    op.create_table(
        "unit_name",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("unit_id", sa.Uuid(), nullable=False),
        sa.Column("kind", TEXT(), nullable=False),
        sa.Column("name", TEXT(), nullable=False),
        sa.Column("until", MOMENT(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_unit_name_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_unit_name")),
    )
    op.create_index(op.f("ix_unit_name_unit_id"), "unit_name", ["unit_id"])
    op.create_table(
        "succession",
        sa.Column("before_id", sa.Uuid(), nullable=False),
        sa.Column("after_id", sa.Uuid(), nullable=False),
        sa.Column("at", MOMENT(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["before_id"], ["unit.id"], name=op.f("fk_succession_before_id")),
        sa.ForeignKeyConstraint(["after_id"], ["unit.id"], name=op.f("fk_succession_after_id")),
        sa.PrimaryKeyConstraint("before_id", "after_id", name=op.f("pk_succession")),
    )


def _add_columns() -> None:
    with op.batch_alter_table("unit") as unit:
        unit.add_column(sa.Column("ended_at", MOMENT(timezone=True), nullable=True))
    with op.batch_alter_table("registration") as registration:
        registration.add_column(sa.Column("cluster", TEXT(), nullable=False, server_default=""))
        registration.add_column(sa.Column("left_at", MOMENT(timezone=True), nullable=True))
    with op.batch_alter_table("obligation") as obligation:
        obligation.add_column(sa.Column("planned_due_at", MOMENT(timezone=True), nullable=True))
        obligation.add_column(sa.Column("extension", TEXT(), nullable=True))
        obligation.drop_constraint(op.f("uq_obligation_registration_id_kind_start"), type_="unique")
        columns = ["registration_id", "kind", "number", "start"]
        obligation.create_unique_constraint(op.f("uq_obligation_registration_id_kind_number_start"), columns)


def _rewrite_editions() -> None:
    edition = sa.table("edition", sa.column("id", sa.Uuid()), sa.column("content", sa.JSON()))
    connection = op.get_bind()
    for identifier, content in connection.execute(sa.select(edition.c.id, edition.c.content)).all():
        connection.execute(edition.update().where(edition.c.id == identifier).values(content=_rewritten(content)))


def _rewritten(content: dict[str, Any]) -> dict[str, Any]:
    """One cadence becomes a list of them; duties and awards say more than names."""
    campaign, choices = dict(content["campaign"]), dict(content["choices"])
    choices["cadences"] = [choices.pop("cadence")]
    choices["askings"] = [_asking(asking) for asking in choices["askings"]]
    campaign["awards"] = [{"form": None, "by": None, "to": campaign.pop("awards_to")}]
    villages = campaign.pop("villages")
    campaign["unit_counts"] = [{"kind": "", "count": villages}] if villages else []
    duties, campaign["duties"] = campaign["duties"], []
    for duty in duties:
        _sort(duty, campaign)
    return {**content, "campaign": campaign, "choices": choices}


def _asking(asking: dict[str, Any]) -> dict[str, Any]:
    return {**asking, "holder": "unit" if asking["holder"] == "village" else asking["holder"]}


def _sort(duty: dict[str, Any], campaign: dict[str, Any]) -> None:
    if duty["kind"] == "pledge":
        campaign.setdefault("entry_rules", []).append({"kind": "pledge", "who": duty["who"], "what": ""})
    else:
        campaign["duties"].append({"who": duty["who"], "kinds": [duty["kind"]]})
