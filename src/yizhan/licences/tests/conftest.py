"""A company with its representative, the bureau that issues signboard permits, and the pack that says how."""

from __future__ import annotations

from typing import Any

import pytest

from yizhan import clock
from yizhan.codes import uscc
from yizhan.identity import scope
from yizhan.identity.actor import HOUSE
from yizhan.identity.models import Unit
from yizhan.licences import life
from yizhan.registry import entity_changes
from yizhan.registry.licences import Word
from yizhan.registry.models import Licence
from yizhan.registry.tests.test_entities import COMPANY, company, owner  # noqa: F401 (fixtures)
from yizhan.releases.publishing import publish
from yizhan.releases.tests.shipped import shipped

SUBJECT = f"entity:{COMPANY}"
BUREAU = "440104-cgj"
KIND = "outdoor_sign"
MORNING = "2026-11-20T09:30"


@pytest.fixture(autouse=True)
def _on_a_day(settings: Any, tmp_path: Any) -> Any:
    settings.FILES = tmp_path / "files"
    with clock.standing_at(MORNING):
        yield


@pytest.fixture
def bureau(company: str) -> Unit:  # noqa: F811
    """The bureau, and its pack in force."""
    Unit(code="440104", name="越秀区人民政府", kind="government", division="440104000000").found(by=HOUSE)
    unit = Unit(
        code=BUREAU, name="越秀区城市管理和综合执法局", kind="department", parent_id="440104",
        division="440104000000", uscc=uscc.make("11", "440199", "00000077"),
    )  # fmt: skip
    unit.found(by=HOUSE)
    publish(shipped("outdoor_sign"), by="test")
    return unit


@pytest.fixture
def licence(bureau: Unit) -> Licence:
    """A permit of the company, from a case."""
    with scope.service():
        return life.issue(SUBJECT, KIND, word=Word("house", case="YX2026-1120-00007"))


def seated(address: str) -> None:
    """The company's register says that it sits elsewhere now."""
    word = entity_changes.Word(source="market.entities", record="moved", by="test")
    entity_changes.changed(SUBJECT, {"address": address}, on=clock.today(), word=word)
