"""Who abstained, whether the chair decided, and how many must be there; empty in the rows there are."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    op.add_column("decision", sa.Column("votes_abstaining", sa.Integer(), nullable=True))
    op.add_column("decision", sa.Column("casting_vote", sa.Boolean(), nullable=True))
    op.add_column("board", sa.Column("quorum", sa.Integer(), nullable=True))
