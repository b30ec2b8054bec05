"""The schema of the first release: changes, versioned rows that nobody can alter, and four plain tables.

It has the number of the newest schema before the release, so a database of that one is up to date.
"""

from typing import Any

import sqlalchemy as sa
from alembic import op

from strategy.migrations.triggers import guard

revision = "0002"
down_revision = None


def upgrade() -> None:
    op.create_table(
        "change",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        moment("recorded_at"), text("actor"), term("via"), text("reason"), text("prev_hash"), text("hash"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_change")),
    )  # fmt: skip
    guard("change")
    versioned(
        "attainment", text("belongs_to"), number("year"), term("reached", nullable=True), text("reason"),
        text("narrative"), text("lesson"),
    )  # fmt: skip
    versioned("goal", text("printed"), text("text"), text("name"), number("order"), amount("weight"))
    versioned(
        "indicator", text("belongs_to"), text("name"), text("unit"), term("direction"),
        term("controllability"), term("frequency"), text("method"), text("source"),
        amount("baseline", nullable=True), day("baseline_on", nullable=True), amount("band", nullable=True),
        number("order"), flag("proposal"),
    )  # fmt: skip
    versioned(
        "indicator_value", text("indicator"), text("period"), amount("value", nullable=True), text("text"),
        text("comment"), text("source"), term("quality"),
    )  # fmt: skip
    versioned(
        "measure", text("subgoal"), text("text"), text("name"), number("order"), amount("weight"),
        term("kind"), day("start", nullable=True), day("due", nullable=True), text("decided_by"),
    )  # fmt: skip
    versioned(
        "milestone", text("measure"), text("title"), day("due"), day("done_on", nullable=True),
        text("evidence"), number("year"), amount("weight"), number("order", nullable=True),
    )  # fmt: skip
    versioned("person", text("title"), number("order"), flag("proposal"))
    versioned(
        "responsibility", text("measure"), text("person"), term("part"), day("since", nullable=True),
        day("until", nullable=True), number("order"), flag("proposal"),
    )  # fmt: skip
    versioned(
        "status_report", term("phase", nullable=True), term("assessment"),
        number("estimate", nullable=True), text("done"), text("cause"), text("remedy"), text("next_step"),
        day("next_due", nullable=True),
    )  # fmt: skip
    versioned(
        "strategy", text("organisation"), text("title"), text("name"), day("start"), day("end"),
        text("vision"), many("sections"), many("headings"), many("notes"),
    )  # fmt: skip
    versioned("subgoal", text("goal"), text("printed"), text("text"), number("order"), amount("weight"))
    versioned("target", text("indicator"), day("due"), amount("value"), flag("example"))
    versioned("tagging", many("tags"))
    versioned("link", text("thing"), text("title"), text("url"), number("order"))
    versioned("comment", text("thing"), text("text"), many("mentions"))
    versioned(
        "board", number("papers_days"), number("updates_days"), many("reminders"),
        many("overdue_reminders"), number("mail_gap"), number("mail_ceiling"), text("fallback"),
    )  # fmt: skip
    versioned(
        "seat", text("title"), number("order"), flag("deputy"), day("since", nullable=True),
        day("until", nullable=True),
    )  # fmt: skip
    versioned(
        "meeting", number("number"), text("period"), day("held_on"), text("starts"), text("place"),
        term("state"), many("present"), many("absent"), text("chair"), text("secretary"),
        number("as_of", nullable=True), day("reported_on", nullable=True),
    )  # fmt: skip
    versioned(
        "agenda_item", text("meeting"), number("order"), number("number", nullable=True),
        number("year", nullable=True), text("title"), term("kind"), term("content"), term("state"),
        text("handler"), text("responsible"), text("proposal"), text("summary"), text("background"),
        text("status"), text("considerations"), text("consequences"), text("follow_up"), text("discussion"),
        many("measures"), text("withheld"),
    )  # fmt: skip
    versioned(
        "decision", text("meeting"), text("item"), text("text"), number("votes_for", nullable=True),
        number("votes_against", nullable=True), text("dissent"), many("measures"),
        term("effect", nullable=True), text("responsible"), day("due", nullable=True), term("state"),
        text("outcome"),
    )  # fmt: skip
    versioned("authority", text("kind"), text("thing"), term("effect"), text("decision"), text("note"))
    versioned(
        "question", text("meeting"), text("measure"), text("text"), text("asked_by"), text("answer"),
        text("answered_by"),
    )  # fmt: skip
    versioned("explanation", text("meeting"), text("thing"), text("clash"), text("text"))
    versioned("confidence", text("meeting"), text("goal"), many("answers"))
    versioned(
        "draft", text("measure"), text("person"), number("base"), term("phase", nullable=True),
        term("assessment"), text("done"), text("cause"), text("remedy"), text("next_step"),
        day("next_due", nullable=True), term("state"), text("word"),
    )  # fmt: skip
    versioned("access_link", text("person"), many("measures"), day("expires_on"))
    versioned(
        "mail", text("person"), text("recipient"), day("day"), text("subject"), many("about"),
        term("state"), text("problem"),
    )  # fmt: skip
    plain("contact", ("strategy", "key"), text("name"), text("email"))
    plain("ballot", ("strategy", "meeting", "goal", "seat"), number("value"))
    plain("scratch", ("strategy", "owner", "form"), many("fields"), moment("saved_at"))
    plain("secret", ("name",), text("value"))


def versioned(table: str, *columns: "sa.Column[Any]") -> None:
    """Create a table of versioned rows and guard it."""
    op.create_table(
        table,
        text("strategy"),
        text("key"),
        number("version"),
        number("change_id"),
        flag("retired"),
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


def amount(name: str, *, nullable: bool = False) -> "sa.Column[Any]":
    return sa.Column(name, sa.String(40), nullable=nullable)


def flag(name: str) -> "sa.Column[Any]":
    return sa.Column(name, sa.Boolean(), nullable=False)


def moment(name: str) -> "sa.Column[Any]":
    return sa.Column(name, sa.String(32), nullable=False)
