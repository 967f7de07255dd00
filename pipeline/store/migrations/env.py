"""Alembic's way in: runs the steps on the connection it is handed."""

from alembic import context

from pipeline.store.models import Table

context.configure(
    connection=context.config.attributes["connection"], target_metadata=Table.metadata, render_as_batch=True
)
with context.begin_transaction():
    context.run_migrations()
