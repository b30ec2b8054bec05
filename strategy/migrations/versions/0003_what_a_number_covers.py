"""Whether a number of an indicator is a sum over a period or holds on a day; empty in the rows there are."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    op.add_column("indicator", sa.Column("covers", sa.String(24), nullable=True))
