"""The store's schema: the steps lead from the first to what the code expects, and lose nothing."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Engine, MetaData, create_engine, insert, select, text

from pipeline.exports.content import contents
from pipeline.store import HEAD, StorePlace, open_store
from pipeline.store.database import MIGRATIONS, migrate
from pipeline.store.models import Table
from pipeline.store.place import url_of
from schemas.errors import UsageError
from schemas.record import Decision
from tests.pipeline.conftest import RATES, Shelf

STORES = ("sqlite", "postgresql")


def scripts() -> ScriptDirectory:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    return ScriptDirectory.from_config(config)


STEPS = [step.revision for step in reversed(list(scripts().walk_revisions()))]


def test_the_steps_lead_to_the_newest() -> None:
    assert scripts().get_heads() == [HEAD]
    assert STEPS[0] == "0001"


def copy_as_of(first: MetaData, engine: Engine, filled: Engine) -> None:
    """Rows of a filled store into one of an older schema, as far as that has their tables and columns."""
    for table in Table.metadata.sorted_tables:
        if table.name not in first.tables:
            continue
        old = first.tables[table.name]
        with filled.connect() as source, engine.begin() as target:
            rows = [
                {name: value for name, value in row.items() if name in old.columns}
                for row in source.execute(select(table)).mappings()
            ]
            if rows:
                target.execute(insert(old), rows)


def rows_of(first: MetaData, engine: Engine) -> dict[str, list[str]]:
    """Every row of the tables and columns that the first schema had."""
    with engine.connect() as connection:
        return {
            name: sorted(repr(tuple(row)) for row in connection.execute(select(*table.columns)))
            for name, table in first.tables.items()
            if name != "alembic_version"
        }


@pytest.fixture
def engine(place: StorePlace) -> Iterator[Engine]:
    """An engine on an empty place."""
    opened = create_engine(url_of(place))
    yield opened
    opened.dispose()


def test_every_step_keeps_what_is_there(place: StorePlace, engine: Engine, tmp_path: Path) -> None:
    with open_store(tmp_path / "filled.db", create=True) as filled:
        shelf = Shelf(filled, tmp_path / "texts")
        shelf.write(a_txt=RATES, b_pdf="5% of 100 BRAVO came.")
        shelf.run()
        shelf.run(code="2")
        record_id = next(content for content in contents(filled)).records[0]["record_id"]
        at = datetime(2026, 1, 2, tzinfo=UTC)
        filled.decide(Decision(record_id=record_id, verdict="correct", reviewer="me", at=at, correction={"n": 7}))
        migrate(engine, revision=STEPS[0])
        first = MetaData()
        first.reflect(engine)
        copy_as_of(first, engine, filled._engine)
        before = rows_of(first, engine)
        assert sum(len(rows) > 0 for rows in before.values()) == len(before) == 16
        for revision in STEPS[1:]:
            migrate(engine, revision=revision)
            assert rows_of(first, engine) == before, revision
        with open_store(place) as opened:
            assert opened.held() == filled.held()
            for ours, theirs in zip(contents(opened), contents(filled), strict=True):
                assert ours == theirs
            assert opened.decisions(3) == filled.decisions(3)


def test_the_newest_schema_is_the_one_the_code_expects(place: StorePlace, engine: Engine) -> None:
    open_store(place, create=True).close()
    with engine.connect() as connection:
        assert connection.execute(text("SELECT version_num FROM alembic_version")).scalar() == HEAD
        assert compare_metadata(MigrationContext.configure(connection), Table.metadata) == []


def test_a_store_of_a_newer_program_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "trialtrace.db"
    open_store(path, create=True).close()
    engine = create_engine(f"sqlite:///{path}")
    with engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    engine.dispose()
    with pytest.raises(UsageError, match="written by a newer trialtrace"):
        open_store(path)
