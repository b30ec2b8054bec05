"""The first schema: changes and versioned rows, with triggers that refuse to alter or delete them."""

import sqlalchemy as sa
from alembic import op

from strategy.migrations.triggers import guard

revision = "0001"
down_revision = None

TABLES = (
    "change",
    "attainment",
    "goal",
    "indicator",
    "indicator_value",
    "measure",
    "milestone",
    "person",
    "responsibility",
    "status_report",
    "strategy",
    "subgoal",
    "target",
)


def upgrade() -> None:
    op.create_table(
        "change",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("recorded_at", sa.String(32), nullable=False),
        sa.Column("actor", sa.String(), nullable=False),
        sa.Column("via", sa.String(24), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("prev_hash", sa.String(), nullable=False),
        sa.Column("hash", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_change")),
    )
    op.create_table(
        "attainment",
        sa.Column("strategy", sa.String(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("change_id", sa.Integer(), nullable=False),
        sa.Column("retired", sa.Boolean(), nullable=False),
        sa.Column("belongs_to", sa.String(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("reached", sa.String(24), nullable=True),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("narrative", sa.String(), nullable=False),
        sa.Column("lesson", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["change_id"], ["change.id"], name=op.f("fk_attainment_change_id_change")),
        sa.PrimaryKeyConstraint("strategy", "key", "version", name=op.f("pk_attainment")),
    )
    op.create_index(op.f("ix_attainment_change_id"), "attainment", ["change_id"], unique=False)
    op.create_table(
        "goal",
        sa.Column("strategy", sa.String(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("change_id", sa.Integer(), nullable=False),
        sa.Column("retired", sa.Boolean(), nullable=False),
        sa.Column("printed", sa.String(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("order", sa.Integer(), nullable=False),
        sa.Column("weight", sa.String(40), nullable=False),
        sa.ForeignKeyConstraint(["change_id"], ["change.id"], name=op.f("fk_goal_change_id_change")),
        sa.PrimaryKeyConstraint("strategy", "key", "version", name=op.f("pk_goal")),
    )
    op.create_index(op.f("ix_goal_change_id"), "goal", ["change_id"], unique=False)
    op.create_table(
        "indicator",
        sa.Column("strategy", sa.String(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("change_id", sa.Integer(), nullable=False),
        sa.Column("retired", sa.Boolean(), nullable=False),
        sa.Column("belongs_to", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("unit", sa.String(), nullable=False),
        sa.Column("direction", sa.String(24), nullable=False),
        sa.Column("controllability", sa.String(24), nullable=False),
        sa.Column("frequency", sa.String(24), nullable=False),
        sa.Column("method", sa.String(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("baseline", sa.String(40), nullable=True),
        sa.Column("baseline_on", sa.Date(), nullable=True),
        sa.Column("band", sa.String(40), nullable=True),
        sa.Column("order", sa.Integer(), nullable=False),
        sa.Column("proposal", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["change_id"], ["change.id"], name=op.f("fk_indicator_change_id_change")),
        sa.PrimaryKeyConstraint("strategy", "key", "version", name=op.f("pk_indicator")),
    )
    op.create_index(op.f("ix_indicator_change_id"), "indicator", ["change_id"], unique=False)
    op.create_table(
        "indicator_value",
        sa.Column("strategy", sa.String(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("change_id", sa.Integer(), nullable=False),
        sa.Column("retired", sa.Boolean(), nullable=False),
        sa.Column("indicator", sa.String(), nullable=False),
        sa.Column("period", sa.String(), nullable=False),
        sa.Column("value", sa.String(40), nullable=True),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("comment", sa.String(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("quality", sa.String(24), nullable=False),
        sa.ForeignKeyConstraint(
            ["change_id"], ["change.id"], name=op.f("fk_indicator_value_change_id_change")
        ),
        sa.PrimaryKeyConstraint("strategy", "key", "version", name=op.f("pk_indicator_value")),
    )
    op.create_index(op.f("ix_indicator_value_change_id"), "indicator_value", ["change_id"], unique=False)
    op.create_table(
        "measure",
        sa.Column("strategy", sa.String(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("change_id", sa.Integer(), nullable=False),
        sa.Column("retired", sa.Boolean(), nullable=False),
        sa.Column("subgoal", sa.String(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("order", sa.Integer(), nullable=False),
        sa.Column("weight", sa.String(40), nullable=False),
        sa.Column("kind", sa.String(24), nullable=False),
        sa.Column("start", sa.Date(), nullable=True),
        sa.Column("due", sa.Date(), nullable=True),
        sa.Column("decided_by", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["change_id"], ["change.id"], name=op.f("fk_measure_change_id_change")),
        sa.PrimaryKeyConstraint("strategy", "key", "version", name=op.f("pk_measure")),
    )
    op.create_index(op.f("ix_measure_change_id"), "measure", ["change_id"], unique=False)
    op.create_table(
        "milestone",
        sa.Column("strategy", sa.String(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("change_id", sa.Integer(), nullable=False),
        sa.Column("retired", sa.Boolean(), nullable=False),
        sa.Column("measure", sa.String(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("due", sa.Date(), nullable=False),
        sa.Column("done_on", sa.Date(), nullable=True),
        sa.Column("evidence", sa.String(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("weight", sa.String(40), nullable=False),
        sa.ForeignKeyConstraint(["change_id"], ["change.id"], name=op.f("fk_milestone_change_id_change")),
        sa.PrimaryKeyConstraint("strategy", "key", "version", name=op.f("pk_milestone")),
    )
    op.create_index(op.f("ix_milestone_change_id"), "milestone", ["change_id"], unique=False)
    op.create_table(
        "person",
        sa.Column("strategy", sa.String(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("change_id", sa.Integer(), nullable=False),
        sa.Column("retired", sa.Boolean(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("order", sa.Integer(), nullable=False),
        sa.Column("proposal", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["change_id"], ["change.id"], name=op.f("fk_person_change_id_change")),
        sa.PrimaryKeyConstraint("strategy", "key", "version", name=op.f("pk_person")),
    )
    op.create_index(op.f("ix_person_change_id"), "person", ["change_id"], unique=False)
    op.create_table(
        "responsibility",
        sa.Column("strategy", sa.String(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("change_id", sa.Integer(), nullable=False),
        sa.Column("retired", sa.Boolean(), nullable=False),
        sa.Column("measure", sa.String(), nullable=False),
        sa.Column("person", sa.String(), nullable=False),
        sa.Column("part", sa.String(24), nullable=False),
        sa.Column("since", sa.Date(), nullable=True),
        sa.Column("until", sa.Date(), nullable=True),
        sa.Column("order", sa.Integer(), nullable=False),
        sa.Column("proposal", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["change_id"], ["change.id"], name=op.f("fk_responsibility_change_id_change")
        ),
        sa.PrimaryKeyConstraint("strategy", "key", "version", name=op.f("pk_responsibility")),
    )
    op.create_index(op.f("ix_responsibility_change_id"), "responsibility", ["change_id"], unique=False)
    op.create_table(
        "status_report",
        sa.Column("strategy", sa.String(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("change_id", sa.Integer(), nullable=False),
        sa.Column("retired", sa.Boolean(), nullable=False),
        sa.Column("phase", sa.String(24), nullable=True),
        sa.Column("assessment", sa.String(24), nullable=False),
        sa.Column("estimate", sa.Integer(), nullable=True),
        sa.Column("done", sa.String(), nullable=False),
        sa.Column("cause", sa.String(), nullable=False),
        sa.Column("remedy", sa.String(), nullable=False),
        sa.Column("next_step", sa.String(), nullable=False),
        sa.Column("next_due", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(["change_id"], ["change.id"], name=op.f("fk_status_report_change_id_change")),
        sa.PrimaryKeyConstraint("strategy", "key", "version", name=op.f("pk_status_report")),
    )
    op.create_index(op.f("ix_status_report_change_id"), "status_report", ["change_id"], unique=False)
    op.create_table(
        "strategy",
        sa.Column("strategy", sa.String(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("change_id", sa.Integer(), nullable=False),
        sa.Column("retired", sa.Boolean(), nullable=False),
        sa.Column("organisation", sa.String(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("start", sa.Date(), nullable=False),
        sa.Column("end", sa.Date(), nullable=False),
        sa.Column("vision", sa.String(), nullable=False),
        sa.Column("sections", sa.JSON(), nullable=False),
        sa.Column("headings", sa.JSON(), nullable=False),
        sa.Column("notes", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["change_id"], ["change.id"], name=op.f("fk_strategy_change_id_change")),
        sa.PrimaryKeyConstraint("strategy", "key", "version", name=op.f("pk_strategy")),
    )
    op.create_index(op.f("ix_strategy_change_id"), "strategy", ["change_id"], unique=False)
    op.create_table(
        "subgoal",
        sa.Column("strategy", sa.String(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("change_id", sa.Integer(), nullable=False),
        sa.Column("retired", sa.Boolean(), nullable=False),
        sa.Column("goal", sa.String(), nullable=False),
        sa.Column("printed", sa.String(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("order", sa.Integer(), nullable=False),
        sa.Column("weight", sa.String(40), nullable=False),
        sa.ForeignKeyConstraint(["change_id"], ["change.id"], name=op.f("fk_subgoal_change_id_change")),
        sa.PrimaryKeyConstraint("strategy", "key", "version", name=op.f("pk_subgoal")),
    )
    op.create_index(op.f("ix_subgoal_change_id"), "subgoal", ["change_id"], unique=False)
    op.create_table(
        "target",
        sa.Column("strategy", sa.String(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("change_id", sa.Integer(), nullable=False),
        sa.Column("retired", sa.Boolean(), nullable=False),
        sa.Column("indicator", sa.String(), nullable=False),
        sa.Column("due", sa.Date(), nullable=False),
        sa.Column("value", sa.String(40), nullable=False),
        sa.Column("example", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["change_id"], ["change.id"], name=op.f("fk_target_change_id_change")),
        sa.PrimaryKeyConstraint("strategy", "key", "version", name=op.f("pk_target")),
    )
    op.create_index(op.f("ix_target_change_id"), "target", ["change_id"], unique=False)
    for table in TABLES:
        guard(table)
