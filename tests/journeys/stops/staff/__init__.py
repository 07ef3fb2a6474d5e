"""Pages of staff, by where they work."""

from __future__ import annotations

from tests.journeys.stops.staff.administration import ADMINISTRATION
from tests.journeys.stops.staff.desk import DESK
from tests.journeys.stops.staff.registers import REGISTERS
from tests.journeys.stops.staff.station import STATION

STAFF = (*DESK, *REGISTERS, *STATION, *ADMINISTRATION)
