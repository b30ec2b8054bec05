"""What became of the promise in the report before; empty in the rows there are, so no digest changes."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    for table in ("status_report", "draft"):
        op.add_column(table, sa.Column("promise", sa.String(24), nullable=True))
