"""Filled lists and divisions."""

import pytest
from hypothesis import settings

from yizhan.codes import lists, loading

# A busy machine is no fault of the codes.
settings.register_profile("patient", deadline=None)
settings.load_profile("patient")


@pytest.fixture
def loaded(db):
    """What the house comes with."""
    loading.load()
    lists.forget()
    yield
    lists.forget()
