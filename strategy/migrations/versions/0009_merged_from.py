"""A measure may name the one it was merged with, which is out of the plan; empty in the rows there are."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    op.add_column("measure", sa.Column("merged_from", sa.String(), nullable=True))
