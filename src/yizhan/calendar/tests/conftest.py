"""A filled calendar."""

import pytest
from hypothesis import settings

from yizhan.calendar import loading

# A busy machine is no fault of the calendar.
settings.register_profile("patient", deadline=None)
settings.load_profile("patient")


@pytest.fixture
def filled(db):
    """The calendar as the house fills it."""
    loading.load()
