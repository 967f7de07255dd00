"""Double review: blind, agreed or in conflict, settled by a third; and who may do what."""

import re
from collections.abc import Callable

import pytest

from pipeline.exports.content import contents
from pipeline.review.desk import Desk
from pipeline.store import Store
from tests.pipeline.review.filling import Person


@pytest.fixture
def people(sign_in: Callable[[str], Person]) -> tuple[Person, Person, Person]:
    """Two who review blind, and a third."""
    ada, ben, cy = (sign_in(name) for name in ("Ada", "Ben", "Cy"))
    assert cy.post("/team/assign", page="/team", first="Ada", second="Ben", scope="all").status_code == 303
    return ada, ben, cy


@pytest.fixture
def ids(desk: Desk) -> list[str]:
    """Every record."""
    return list(desk.index.entries)


def review_of(store: Store, record_id: str) -> object:
    """What the dataset says a reviewer decided."""
    return next(r["review"] for content in contents(store) for r in content.records if r["record_id"] == record_id)


def test_one_of_two_decides_nothing_and_shows_nothing(people, ids: list[str], review_store: Store) -> None:
    ada, ben, _ = people
    ada.decide(ids[0], "reject", reason="a blind reason")
    assert review_of(review_store, ids[0]) is None
    for page in (f"/records/{ids[0]}", "/progress", "/log.csv", "/log.json", "/team", "/?status=all&reviewer=Ada"):
        assert "a blind reason" not in ben.get(page).text
    assert "rejected" not in ben.get(f"/records/{ids[0]}").text


def test_what_both_say_stands(people, ids: list[str], review_store: Store) -> None:
    ada, ben, _ = people
    ada.decide(ids[0], "accept")
    ben.decide(ids[0], "accept")
    assert review_of(review_store, ids[0])["verdict"] == "accept"


def test_a_conflict_is_settled_by_a_third_alone(people, ids: list[str], review_store: Store) -> None:
    ada, ben, cy = people
    early = cy.decide(ids[0], "accept")
    assert (early.status_code, "for Ada and Ben to decide" in early.text) == (403, True)
    ada.decide(ids[0], "accept")
    ben.decide(ids[0], "reject")
    assert review_of(review_store, ids[0]) is None
    assert f"/records/{ids[0]}" in cy.get("/team").text
    assert "you settle it" in cy.get(f"/records/{ids[0]}").text
    for one in (ada, ben):
        refused = one.decide(ids[0], "accept")
        assert (refused.status_code, "a third settles" in refused.text) == (409, True)
        assert one.post(f"/records/{ids[0]}/undo").status_code == 409
    cy.decide(ids[0], "reject")
    review = review_of(review_store, ids[0])
    assert (review["verdict"], review["reviewer"]) == ("reject", "Cy")
    assert "Conflicts (0)" in cy.get("/team").text


def test_a_third_takes_over_a_correction(people, desk: Desk, review_store: Store) -> None:
    ada, ben, cy = people
    record_id = next(each.record_id for each in desk.index.entries.values() if each.worst > 0)
    ada.correct(record_id, p="0.018")
    ben.decide(record_id, "accept")
    cy.decide(record_id, "accept", **{"as": "Ada"})
    review = review_of(review_store, record_id)
    assert (review["verdict"], review["correction"], review["reviewer"]) == ("correct", {"p": "=0.018"}, "Cy")


def test_agreement_is_told_field_by_field(people, ids: list[str]) -> None:
    ada, ben, cy = people
    for record_id in ids[:3]:
        ada.decide(record_id, "accept")
    ben.decide(ids[0], "accept")
    ben.decide(ids[1], "reject")
    rows = dict(
        re.findall(r'<th scope="row">([^<]+)</th><td class="n">(\d+</td><td class="n">\d+)', cy.get("/team").text)
    )
    assert rows["verdict"] == '2</td><td class="n">1'
    assert rows["Study"] == '2</td><td class="n">1'


@pytest.mark.parametrize(("first", "second", "said"), [("Ada", "ada", "two people"), ("", "Ben", "Write a name")])
def test_double_review_wants_two_people(ada: Person, first: str, second: str, said: str) -> None:
    answer = ada.post("/team/assign", page="/team", first=first, second=second, scope="all")
    assert (answer.status_code, said in answer.text) == (422, True)


def test_what_is_decided_is_not_handed_out(sign_in: Callable[[str], Person], ids: list[str], desk: Desk) -> None:
    ada = sign_in("Ada")
    ada.decide(ids[0], "accept")
    ada.post("/team/assign", page="/team", first="Ada", second="Ben", scope="all")
    desk.refresh()
    assert set(desk.assignments()) == set(ids) - {ids[0]}


def test_what_nobody_has_begun_can_be_taken_back(people, ids: list[str], desk: Desk) -> None:
    ada, _, cy = people
    ada.decide(ids[0], "accept")
    assert cy.post("/team/release", page="/team").status_code == 303
    desk.refresh()
    assert set(desk.assignments()) == {ids[0]}
    assert cy.decide(ids[1], "accept").status_code == 303
