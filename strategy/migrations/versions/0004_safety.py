"""No row of history is replaced; answers on confidence are sealed; the file says whose it is.

Answers from before stand as they did, under no lock: `record.seal_older` seals them.
"""

import sqlalchemy as sa
from alembic import op

from strategy.migrations.triggers import guard_replaced

revision = "0004"
down_revision = "0003"

APPLICATION = 0x4E4F4B55  # "NOKU"; the same number for good
HISTORY = (
    "attainment", "goal", "indicator", "indicator_value", "measure", "milestone", "person",
    "responsibility", "status_report", "strategy", "subgoal", "target", "tagging", "link", "comment",
    "board", "seat", "meeting", "agenda_item", "decision", "authority", "question", "explanation",
    "confidence", "draft", "access_link", "mail",
)  # fmt: skip
_KEY = ("strategy", "meeting", "goal", "seat")


def upgrade() -> None:
    guard_replaced("change", "id")
    for table in HISTORY:
        guard_replaced(table, "strategy", "key", "version")
    _seal()
    if op.get_bind().dialect.name == "sqlite":
        op.execute(f"PRAGMA application_id = {APPLICATION}")


def _seal() -> None:
    names = ", ".join(_KEY)
    older = op.get_bind().exec_driver_sql(f"SELECT {names}, value FROM ballot").all()  # noqa: S608
    op.drop_table("ballot")
    made = op.create_table(
        "ballot",
        *(sa.Column(name, sa.String(), nullable=False) for name in (*_KEY, "lock", "sealed")),
        sa.PrimaryKeyConstraint(*_KEY, name=op.f("pk_ballot")),
    )
    if older:
        op.bulk_insert(made, [dict(zip((*_KEY, "sealed"), map(str, row), strict=True), lock="")
                              for row in older])  # fmt: skip
