"""The board and the secretariat: more versioned rows, and four tables that are no history."""

from typing import Any

import sqlalchemy as sa
from alembic import op

from strategy.migrations.triggers import guard

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    op.add_column("milestone", sa.Column("order", sa.Integer(), nullable=True))
    versioned("tagging", many("tags"))
    versioned("link", text("thing"), text("title"), text("url"), number("order"))
    versioned("comment", text("thing"), text("text"), many("mentions"))
    versioned(
        "board",
        number("papers_days"),
        number("updates_days"),
        many("reminders"),
        many("overdue_reminders"),
        number("mail_gap"),
        number("mail_ceiling"),
        text("fallback"),
    )
    versioned(
        "seat",
        text("title"),
        number("order"),
        sa.Column("deputy", sa.Boolean(), nullable=False),
        day("since", nullable=True),
        day("until", nullable=True),
    )
    versioned(
        "meeting",
        number("number"),
        text("period"),
        day("held_on"),
        text("starts"),
        text("place"),
        term("state"),
        many("present"),
        many("absent"),
        text("chair"),
        text("secretary"),
        number("as_of", nullable=True),
        day("reported_on", nullable=True),
    )
    versioned(
        "agenda_item",
        text("meeting"),
        number("order"),
        number("number", nullable=True),
        number("year", nullable=True),
        text("title"),
        term("kind"),
        term("content"),
        term("state"),
        text("handler"),
        text("responsible"),
        text("proposal"),
        text("summary"),
        text("background"),
        text("status"),
        text("considerations"),
        text("consequences"),
        text("follow_up"),
        text("discussion"),
        many("measures"),
        text("withheld"),
    )
    versioned(
        "decision",
        text("meeting"),
        text("item"),
        text("text"),
        number("votes_for", nullable=True),
        number("votes_against", nullable=True),
        text("dissent"),
        many("measures"),
        term("effect", nullable=True),
        text("responsible"),
        day("due", nullable=True),
        term("state"),
        text("outcome"),
    )
    versioned("authority", text("kind"), text("thing"), term("effect"), text("decision"), text("note"))
    versioned(
        "question",
        text("meeting"),
        text("measure"),
        text("text"),
        text("asked_by"),
        text("answer"),
        text("answered_by"),
    )
    versioned("explanation", text("meeting"), text("thing"), text("clash"), text("text"))
    versioned("confidence", text("meeting"), text("goal"), many("answers"))
    versioned(
        "draft",
        text("measure"),
        text("person"),
        number("base"),
        term("phase", nullable=True),
        term("assessment"),
        text("done"),
        text("cause"),
        text("remedy"),
        text("next_step"),
        day("next_due", nullable=True),
        term("state"),
        text("word"),
    )
    versioned("access_link", text("person"), many("measures"), day("expires_on"))
    versioned(
        "mail",
        text("person"),
        text("recipient"),
        day("day"),
        text("subject"),
        many("about"),
        term("state"),
        text("problem"),
    )
    plain("contact", ("strategy", "key"), text("name"), text("email"))
    plain("ballot", ("strategy", "meeting", "goal", "seat"), number("value"))
    plain(
        "scratch",
        ("strategy", "owner", "form"),
        many("fields"),
        sa.Column("saved_at", sa.String(32), nullable=False),
    )
    plain("secret", ("name",), text("value"))


def versioned(table: str, *columns: "sa.Column[Any]") -> None:
    """Create a table of versioned rows and guard it."""
    op.create_table(
        table,
        text("strategy"),
        text("key"),
        number("version"),
        number("change_id"),
        sa.Column("retired", sa.Boolean(), nullable=False),
        *columns,
        sa.ForeignKeyConstraint(["change_id"], ["change.id"], name=op.f(f"fk_{table}_change_id_change")),
        sa.PrimaryKeyConstraint("strategy", "key", "version", name=op.f(f"pk_{table}")),
    )
    op.create_index(op.f(f"ix_{table}_change_id"), table, ["change_id"], unique=False)
    guard(table)


def plain(table: str, key: tuple[str, ...], *columns: "sa.Column[Any]") -> None:
    """Create an ordinary table, whose rows may be altered and deleted."""
    primary = sa.PrimaryKeyConstraint(*key, name=op.f(f"pk_{table}"))
    op.create_table(table, *map(text, key), *columns, primary)


def text(name: str) -> "sa.Column[Any]":
    return sa.Column(name, sa.String(), nullable=False)


def number(name: str, *, nullable: bool = False) -> "sa.Column[Any]":
    return sa.Column(name, sa.Integer(), nullable=nullable)


def day(name: str, *, nullable: bool = False) -> "sa.Column[Any]":
    return sa.Column(name, sa.Date(), nullable=nullable)


def term(name: str, *, nullable: bool = False) -> "sa.Column[Any]":
    return sa.Column(name, sa.String(24), nullable=nullable)


def many(name: str) -> "sa.Column[Any]":
    return sa.Column(name, sa.JSON(), nullable=False)
