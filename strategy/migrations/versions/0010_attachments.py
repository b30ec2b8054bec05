"""Documents and photos: a row for each, with its content in a folder beside the database."""

import sqlalchemy as sa
from alembic import op

from strategy.migrations.triggers import guard, guard_replaced

revision = "0010"
down_revision = "0009"


def upgrade() -> None:
    op.create_table(
        "attachment",
        *(sa.Column(name, sa.String(), nullable=False) for name in ("strategy", "key")),
        *(sa.Column(name, sa.Integer(), nullable=False) for name in ("version", "change_id")),
        sa.Column("retired", sa.Boolean(), nullable=False),
        *(sa.Column(name, sa.String(), nullable=False) for name in ("thing", "title")),
        sa.Column("format", sa.String(24), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("order", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["change_id"], ["change.id"], name=op.f("fk_attachment_change_id_change")),
        sa.PrimaryKeyConstraint("strategy", "key", "version", name=op.f("pk_attachment")),
    )
    op.create_index(op.f("ix_attachment_change_id"), "attachment", ["change_id"], unique=False)
    guard("attachment")
    guard_replaced("attachment", "strategy", "key", "version")
