"""The store's schema: the steps lead from the first to what the code expects, and lose nothing."""

from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import create_engine, text

from pipeline.store import HEAD, open_store
from pipeline.store.database import MIGRATIONS, migrate
from pipeline.store.models import Table
from schemas.errors import UsageError

DECISION = """INSERT INTO decisions (record_id, verdict, reviewer, at, correction, reason)
VALUES ('0123456789abcdef', 'accept', 'me', '2026-01-02 00:00:00', '{}', 'seen')"""


def test_the_steps_lead_to_the_newest() -> None:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    steps = ScriptDirectory.from_config(config)
    assert steps.get_heads() == [HEAD]
    assert [step.revision for step in steps.walk_revisions()][-1] == "0001"


def test_a_store_of_the_first_schema_is_brought_up_to_date(tmp_path: Path) -> None:
    path = tmp_path / "trialtrace.db"
    engine = create_engine(f"sqlite:///{path}")
    migrate(engine, revision="0001")
    with engine.begin() as connection:
        connection.execute(text(DECISION))
        assert connection.execute(text("SELECT version_num FROM alembic_version")).scalar() == "0001"
    engine.dispose()
    open_store(path).close()
    with engine.connect() as connection:
        assert connection.execute(text("SELECT version_num FROM alembic_version")).scalar() == HEAD
        assert connection.execute(text("SELECT reviewer, reason FROM decisions")).all() == [("me", "seen")]
        triggers = connection.execute(text("SELECT name FROM sqlite_master WHERE type = 'trigger' ORDER BY name"))
        assert [row.name for row in triggers] == [
            f"{table}_refuse_{change}" for table in ("added_records", "decisions") for change in ("delete", "update")
        ]
        assert compare_metadata(MigrationContext.configure(connection), Table.metadata) == []
    engine.dispose()


def test_a_store_of_a_newer_program_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "trialtrace.db"
    open_store(path, create=True).close()
    engine = create_engine(f"sqlite:///{path}")
    with engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    engine.dispose()
    with pytest.raises(UsageError, match="written by a newer trialtrace"):
        open_store(path)
