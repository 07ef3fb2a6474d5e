"""Pages of residents, and those that everybody may meet; in the order in which one makes what the next shows."""

from __future__ import annotations

from tests.journeys.stops.portal.afterwards import AFTERWARDS, rate
from tests.journeys.stops.portal.applying import APPLYING, tidy
from tests.journeys.stops.portal.everybody import EVERYBODY, NO_NOTICE, NO_PAPER
from tests.journeys.stops.portal.licences import LICENCES
from tests.journeys.stops.portal.oneself import ONESELF

__all__ = ["NO_NOTICE", "NO_PAPER", "PORTAL", "rate", "tidy"]

PORTAL = (*EVERYBODY, *ONESELF, *LICENCES, *APPLYING, *AFTERWARDS)
