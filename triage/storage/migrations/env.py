"""Alembic runs the migrations on the connection that `triage.storage.database.migrate` hands over."""

from alembic import context

from triage.storage.database import Base

context.configure(connection=context.config.attributes["connection"], target_metadata=Base.metadata)
with context.begin_transaction():
    context.run_migrations()
