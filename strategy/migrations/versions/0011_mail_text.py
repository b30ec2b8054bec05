"""What the secretariat writes first in every reminder; empty in the rows there are."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"


def upgrade() -> None:
    op.add_column("board", sa.Column("mail_text", sa.String(), nullable=True))
