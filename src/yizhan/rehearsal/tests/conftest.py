"""The small town, and packs whose journeys are written anew."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from django.conf import settings as django_settings

from yizhan.cases.tests.conftest import Town, _a_demo_on_a_day, town, town_committed  # noqa: F401 (fixtures)
from yizhan.releases.pack import Pack, read

ELDERLY = django_settings.ROOT / "packs/elderly_allowance"
PEOPLE = """\
title: {zh: 事例, en: A journey}
begins: 2026-11-20T09:30
people:
  huang: {person: {name: 黄示例, sex: male, born_on: 1950-05-12, registered: "440104003005"}}
  clerk: {staff: {role: elderly_allowance.clerk, unit: area subdistrict}}
  approver: {staff: {name: 周审定, role: elderly_allowance.approver}}
applies:
  by: huang
  form:
    applicant: {phone: "13800001234"}
    account: {bank: 示例银行, number: "6222021234567891"}
    agent: {is_agent: false}
    declaration: {other_allowance: true, other_place: 示例市, true: true}
"""

Written = Callable[..., Pack]


@pytest.fixture
def written(tmp_path: Path) -> Written:
    """The elderly allowance with these journeys and no others, by their keys; a text goes on after ``PEOPLE``."""

    def write(**journeys: str) -> Pack:
        folder = tmp_path / "elderly_allowance"
        if not folder.exists():
            shutil.copytree(ELDERLY, folder)
        shutil.rmtree(folder / "journeys")
        (folder / "journeys").mkdir()
        for key, text in journeys.items():
            whole = text if text.startswith("title:") else PEOPLE + text
            (folder / "journeys" / f"{key}.yaml").write_text(whole, encoding="utf-8")
        return read(folder)

    return write
