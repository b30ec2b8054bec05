"""What is put forward to a meeting without an explanation; empty in the rows there are."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    op.add_column("explanation", sa.Column("unexplained", sa.Boolean(), nullable=True))
