"""How migrations run: on the connection they are given, in one transaction."""

from alembic import context

from storage.types import Table

context.configure(
    connection=context.config.attributes["connection"], target_metadata=Table.metadata, render_as_batch=True
)
with context.begin_transaction():
    context.run_migrations()
