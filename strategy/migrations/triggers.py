"""The triggers that keep history as it is; alembic does not see them, so migrations make them by hand."""

from alembic import op


def guard(table: str) -> None:
    """Refuse UPDATE and DELETE on `table`."""
    if op.get_bind().dialect.name == "sqlite":
        for verb in ("UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER {table}_no_{verb.lower()} BEFORE {verb} ON {table} "
                f"BEGIN SELECT RAISE(ABORT, 'history is never altered'); END"
            )
        return
    op.execute(
        "CREATE OR REPLACE FUNCTION refuse_to_alter_history() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN RAISE EXCEPTION 'history is never altered'; END $$"
    )
    op.execute(
        f"CREATE TRIGGER {table}_is_history BEFORE UPDATE OR DELETE OR TRUNCATE ON {table} "
        f"FOR EACH STATEMENT EXECUTE FUNCTION refuse_to_alter_history()"
    )


def guard_replaced(table: str, *key: str) -> None:
    """Refuse a row under a key there is one under already, also as `INSERT OR REPLACE`.

    SQLite deletes what is replaced without asking the triggers, unless the program at work has set
    `recursive_triggers`; PostgreSQL has nothing that replaces without an UPDATE.
    """
    if op.get_bind().dialect.name == "sqlite":
        same = " AND ".join(f"{name} = NEW.{name}" for name in key)
        op.execute(
            f"CREATE TRIGGER {table}_no_replace BEFORE INSERT ON {table} "  # noqa: S608
            f"WHEN EXISTS (SELECT 1 FROM {table} WHERE {same}) "
            f"BEGIN SELECT RAISE(ABORT, 'history is never altered'); END"
        )
