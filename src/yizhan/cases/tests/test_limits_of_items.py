"""What an item says about its limits, and what a check of its pack finds wrong with it."""

from __future__ import annotations

import shutil

import pytest
from django.conf import settings
from pydantic import ValidationError

from yizhan.calendar.roster import Roster
from yizhan.cases.item_limits import Limit, Limits
from yizhan.releases.pack import read

BASIS = {"law": {"zh": "行政许可法", "en": "Administrative Licensing Law"}}


def limits(**more):
    return Limits.model_validate({"statutory": {"amount": 20}, "promised": {"amount": 10}, **more})


def test_a_supplement_is_known_without_being_named_and_can_be_named_otherwise():
    assert limits().suspension("supplement").restart
    named = limits(suspensions=[{"kind": "supplement", "clocks": ["promised"]}])
    assert named.suspension("supplement").clocks == ["promised"]
    assert limits().suspension("hearing") is None


@pytest.mark.parametrize(
    "more",
    [
        {"suspensions": [{"kind": "hearing"}]},  # no basis
        {"suspensions": [{"kind": "lunch", "basis": BASIS}]},
        {"suspensions": [{"kind": "test", "basis": BASIS, "of": "task", "clocks": ["promised"]}]},
        {"suspensions": [{"kind": "test", "basis": BASIS}, {"kind": "test", "basis": BASIS}]},
        {"extension": {"amount": 10, "basis": BASIS}},  # nobody to grant it
        {"promised": {"amount": 10, "hours": {"working": "8:00-20:00"}}},  # hours of days
    ],
)
def test_what_cannot_be_is_refused(more):
    with pytest.raises(ValidationError):
        limits(**more)


def test_the_roster_of_a_limit_in_hours():
    limit = Limit(amount=4, unit="duty_hours", hours=Roster(working="8:00-20:00", resting="8:00-20:00"))
    assert limit.budget().roster.resting
    with pytest.raises(ValidationError, match="8:00-12:00"):
        Roster(working="from eight")


@pytest.fixture
def changed(town, tmp_path):
    """The allowance's pack with its item's limits changed, checked: its faults as texts."""

    def faults(old, new):
        folder = tmp_path / "elderly_allowance"
        shutil.copytree(settings.ROOT / "packs/elderly_allowance", folder)
        file = folder / "items/elderly_allowance.yaml"
        file.write_text(file.read_text("utf-8").replace(old, new), "utf-8")
        return [str(fault) for fault in read(folder).faults]

    return faults


def test_an_extension_by_a_role_that_is_not_there(changed):
    found = changed("role: elderly_allowance.approver", "role: elderly_allowance.head")
    assert any("limits.extension.role" in fault and "elderly_allowance.head" in fault for fault in found)


def test_silence_needs_a_way_to_accept(town, tmp_path):
    folder = tmp_path / "elderly_allowance"
    shutil.copytree(settings.ROOT / "packs/elderly_allowance", folder)
    item, flow = folder / "items/elderly_allowance.yaml", folder / "processes/application.flow.yaml"
    item.write_text(item.read_text("utf-8").replace("limits:\n", "limits:\n  by_silence: true\n"), "utf-8")
    assert not any("by_silence" in str(fault) for fault in read(folder).faults)
    flow.write_text(flow.read_text("utf-8").replace("to: review, marks: accepted,", "to: review,"), "utf-8")
    assert any("limits.by_silence" in str(fault) for fault in read(folder).faults)
