"""The review page over a store in PostgreSQL: the same decisions, the same dataset."""

from pathlib import Path

import pytest

from pipeline.exports.content import contents
from pipeline.review import build_app
from pipeline.review.access import Door
from pipeline.store import open_store
from tests.pipeline.review.conftest import TEXT
from tests.pipeline.review.filling import Person, fill, lexicon, served


@pytest.mark.slow
def test_a_store_on_a_server_is_reviewed_alike(postgresql_url: str, tmp_path: Path) -> None:
    (tmp_path / "small.txt").write_text(TEXT, encoding="utf-8")
    with open_store(postgresql_url, create=True) as store:
        fill(store, [tmp_path / "small.txt"])
        app = build_app(store, folder=tmp_path, door=Door(), hosts={"127.0.0.1"}, lexicon=lexicon())
        with served(app) as address:
            ada = Person(address, "Ada")
            ids = list(app.state.room.desk.index.entries)
            assert ada.decide(ids[0], "accept").status_code == 303
            assert ada.decide(ids[1], "reject").status_code == 303
            assert ada.post("/undo").status_code == 303
            start = TEXT.index("The mood")
            number = str(TEXT.index("17 readers"))
            form = {"kind": "cohort", "number": number, "study": "Mood study"}
            assert ada.post(f"/documents/small/add?start={start}&end={start + 60}", **form).status_code == 303
            for page in ("/", f"/records/{ids[0]}", "/documents", "/documents/small", "/team", "/progress", "/log.csv"):
                assert ada.get(page).status_code == 200, page
            assert ada.post("/team/assign", first="Ada", second="Ben", scope="all").status_code == 303
            assert ada.post("/dataset").status_code == 200
            ada.client.close()
        verdicts = [r["review"]["verdict"] for each in contents(store) for r in each.records if r["review"]]
    assert sorted(verdicts) == ["accept", "add"]
    assert (tmp_path / "records.jsonl").read_text(encoding="utf-8").count('"verdict"') == 2
