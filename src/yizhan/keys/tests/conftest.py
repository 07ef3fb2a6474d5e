"""An authority of both families, in a district of its own."""

from __future__ import annotations

import pytest

from yizhan import clock
from yizhan.keys import authority

NOW = "2026-11-20T09:30"


@pytest.fixture(autouse=True)
def _house(settings):
    settings.KEY_SECRET = "what these tests seal with"
    settings.PUBLIC_ADDRESS = "https://www.example.gov.cn"
    settings.CLASSIC_ALGORITHM, settings.TOKEN_MODULE = "ecdsa_p256", ""
    with clock.standing_at(NOW):
        yield


def found():
    """Root, issuing certificate and timestamps of both families."""
    return authority.found(organisation="云津区人民政府")


@pytest.fixture
def founded(standing):
    """The six certificates, made once for all tests in a row that begin with them."""
    return standing(found)
