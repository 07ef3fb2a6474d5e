"""Whoever publishes a changed process is told which cases go on by the earlier one."""

from __future__ import annotations

from django.utils import translation

from yizhan.cases.tests.conftest import _a_demo_on_a_day, town  # noqa: F401 (fixtures)
from yizhan.cli import in_flight


def test_cases_under_way_keep_their_release_and_are_counted(town, monkeypatch):  # noqa: F811 (the fixture)
    monkeypatch.setenv("LANG", "zh_CN.UTF-8")
    number = town.apply("chen", other_allowance=True)
    assert in_flight.told("elderly_allowance") == ""
    town.republish("processes/application.flow.yaml", "limit: {working_days: 4}", "limit: {working_days: 3}")
    with translation.override("zh-hans"):
        told = in_flight.told("elderly_allowance")
    assert told.startswith(
        (
            "在办 1 件，仍按开始时的版本办：第 1 版 1 件。",
            "Under way, and going on by the release they began with: 1 (release 1: 1).",
        )
    )
    assert told.endswith("./yizhan packs move elderly_allowance --dry-run")
    town.do("clerk", number, "accept")
    town.do("clerk", number, "agree")
    town.do("approver", number, "grant")
    assert in_flight.told("elderly_allowance") == ""
