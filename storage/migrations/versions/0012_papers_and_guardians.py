"""How a yes to a good example was given: a paper, a guardian by name."""

import sqlalchemy as sa
import sqlmodel.sql.sqltypes
from alembic import op

revision = "0012"
down_revision = "0011"

TEXT = sqlmodel.sql.sqltypes.AutoString
REFERENCES = {"paper_id": "photo", "guardian_id": "person"}


def upgrade() -> None:
    """Forward only. A child's yes of before names no guardian, so it is to be asked for again before it is posted."""
    with op.batch_alter_table("highlight") as table:
        table.add_column(sa.Column("relation", TEXT(), nullable=True))
        for column, other in REFERENCES.items():
            table.add_column(sa.Column(column, sa.Uuid(), nullable=True))
            table.create_foreign_key(op.f(f"fk_highlight_{column}_{other}"), other, [column], ["id"])
            table.create_index(op.f(f"ix_highlight_{column}"), [column])
    op.execute(
        "update highlight set state = 'nominated', revision = revision + 1, heard = null, heard_by_id = null, "
        "photo_agreed = false, wording = null, agreed_at = null where child and state in ('consented', 'approved')"
    )
