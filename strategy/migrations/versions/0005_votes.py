"""Who abstained, whether the chair decided a tie, and how many the board must be; empty in the rows there are."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    op.add_column("decision", sa.Column("votes_abstaining", sa.Integer(), nullable=True))
    op.add_column("decision", sa.Column("casting_vote", sa.Boolean(), nullable=True))
    op.add_column("board", sa.Column("quorum", sa.Integer(), nullable=True))
