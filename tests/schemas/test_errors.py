"""Errors cross processes whole."""

import pickle

import pytest

from schemas.errors import TrialtraceError, UnreadableDocument


def test_an_unreadable_document_survives_pickling() -> None:
    error = pickle.loads(pickle.dumps(UnreadableDocument("encrypted", "open it with its password and save a copy")))
    assert isinstance(error, UnreadableDocument)
    assert (error.status, error.reason) == ("encrypted", "open it with its password and save a copy")
    assert str(error) == error.reason


def test_every_error_is_one_of_trialtraces_own() -> None:
    with pytest.raises(TrialtraceError):
        raise UnreadableDocument("empty", "the file has no bytes")
