"""Every journey of every pack that is shipped goes as it says, in a district of the demo's units."""

from __future__ import annotations

import pytest

from yizhan import clock
from yizhan.demo import organisation
from yizhan.identity import roles
from yizhan.rehearsal.rehearsing import rehearse
from yizhan.releases.publishing import folders
from yizhan.releases.tests.shipped import shipped


@pytest.mark.django_db
def test_all_journeys_of_the_packs_shipped_go_as_they_say():
    with clock.standing_at("2026-11-20T09:30"):
        roles.publish_platform()
        organisation.units()
        played = {folder.name: rehearse(shipped(folder.name)) for folder in folders()}
    faults = [f"{pack}/{fault}" for pack, found in played.items() for one in found for fault in one.faults]
    assert faults == []
    assert sum(map(len, played.values())) >= 11
