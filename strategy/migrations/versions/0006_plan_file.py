"""The plan file is kept with the change that loaded it, and a measure may say what it succeeds.

Where nothing was kept, the plan as it stood after its newest file stands for the text. Older measures succeed
nothing: an empty column changes no digest.
"""

import sqlalchemy as sa
from alembic import op

from strategy.migrations.triggers import guard, guard_replaced

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    op.create_table(
        "plan_file",
        sa.Column("strategy", sa.String(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("change_id", sa.Integer(), nullable=False),
        sa.Column("retired", sa.Boolean(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["change_id"], ["change.id"], name=op.f("fk_plan_file_change_id_change")),
        sa.PrimaryKeyConstraint("strategy", "key", "version", name=op.f("pk_plan_file")),
    )
    op.create_index(op.f("ix_plan_file_change_id"), "plan_file", ["change_id"], unique=False)
    guard("plan_file")
    guard_replaced("plan_file", "strategy", "key", "version")
    op.add_column("measure", sa.Column("succeeds", sa.String(), nullable=True))
