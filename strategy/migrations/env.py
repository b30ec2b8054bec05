"""Run by alembic: migrate the connection `database.migrate` hands over."""

from alembic import context

from strategy.tables import Base

connection = context.config.attributes["connection"]
context.configure(connection=connection, target_metadata=Base.metadata, render_as_batch=True)
context.run_migrations()
