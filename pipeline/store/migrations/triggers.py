"""A connection and a table in; on it the triggers that make it append-only, in SQLite's words or PostgreSQL's."""

from sqlalchemy import Connection

CHANGES = ("update", "delete")


def refuse_changes(connection: Connection, *, table: str) -> None:
    """Have the database itself refuse to change or delete a row."""
    says = f"{table.replace('_', ' ')} are only ever added"
    if connection.dialect.name == "postgresql":
        connection.exec_driver_sql(
            f"CREATE FUNCTION {table}_refuse() RETURNS trigger LANGUAGE plpgsql AS "
            f"$$ BEGIN RAISE EXCEPTION '{says}' USING ERRCODE = 'integrity_constraint_violation'; END $$"
        )
    for change in CHANGES:
        before = f"CREATE TRIGGER {table}_refuse_{change} BEFORE {change.upper()} ON {table}"
        if connection.dialect.name == "postgresql":
            connection.exec_driver_sql(f"{before} FOR EACH ROW EXECUTE FUNCTION {table}_refuse()")
        else:
            connection.exec_driver_sql(f"{before} BEGIN SELECT RAISE(ABORT, '{says}'); END")


def allow_changes(connection: Connection, *, table: str) -> None:
    """Take the triggers away, for a migration that fills a new column; it puts them back."""
    if connection.dialect.name == "postgresql":
        connection.exec_driver_sql(f"DROP FUNCTION {table}_refuse() CASCADE")
        return
    for change in CHANGES:
        connection.exec_driver_sql(f"DROP TRIGGER {table}_refuse_{change}")
