"""Every type of the house is a value: it cannot be changed and takes no unknown key."""

import importlib
import pkgutil

import pytest
from pydantic import BaseModel, ValidationError

import schemas
from schemas.anchor import CitedWork, Frozen

MODELS = sorted(
    {
        value
        for module in pkgutil.iter_modules(schemas.__path__, "schemas.")
        if not module.ispkg
        for value in vars(importlib.import_module(module.name)).values()
        if isinstance(value, type) and issubclass(value, BaseModel) and value is not BaseModel
    },
    key=lambda model: model.__name__,
)


def test_the_types_were_found() -> None:
    assert {"Record", "Document", "Finding", "Lexicon", "FlatRecord"} <= {model.__name__ for model in MODELS}


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
def test_a_type_is_frozen_and_strict_about_its_keys(model: type[BaseModel]) -> None:
    assert issubclass(model, Frozen)
    assert model.model_config["frozen"]
    assert model.model_config["extra"] == "forbid"


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
def test_a_type_says_what_it_is(model: type[BaseModel]) -> None:
    assert model.__doc__


def test_a_value_cannot_be_changed() -> None:
    work = CitedWork(marker="12")
    with pytest.raises(ValidationError, match="frozen"):
        work.marker = "13"  # type: ignore[misc]
    with pytest.raises(ValidationError, match="extra"):
        CitedWork(marker="12", journal="J")  # type: ignore[call-arg]
    assert hash(work) == hash(CitedWork(marker="12"))
