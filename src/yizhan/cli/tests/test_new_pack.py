"""A new pack is whole: nothing is wrong with it, it can be published, and its guide stands on the portal."""

from __future__ import annotations

import uuid

import pytest
from django.utils import translation

from yizhan import clock
from yizhan.cases import catalogue, drafts, intake
from yizhan.cases.tests.conftest import _staff, founded
from yizhan.cli import scaffold
from yizhan.cli.speech import Fault
from yizhan.identity import scope
from yizhan.identity.actor import HOUSE
from yizhan.identity.models import Unit
from yizhan.records.models import Paper
from yizhan.rehearsal.rehearsing import rehearse
from yizhan.releases.pack import read
from yizhan.releases.publishing import publish


@pytest.fixture
def folder(tmp_path):
    return scaffold.new(
        tmp_path, "signboard", title='设置"招牌"：登记', title_en="Sign: boards", unit="440104-cg"
    )


@pytest.mark.django_db
def test_nothing_is_wrong_with_it_whatever_its_title(folder):
    found = read(folder)
    assert [str(fault) for fault in found.errors] == []
    assert [fault.path for fault in found.faults] == ["basis[0]", "basis[0].law"]  # to be filled in
    assert found.manifest.title.zh == '设置"招牌"：登记'


@pytest.mark.django_db
def test_its_guide_stands_on_the_portal_at_once(folder, client):
    Unit(code="440104-cg", name="城管局", kind="department", division="440104000000").found(by=HOUSE)
    publish(read(folder), by="test")
    page = client.get("/items/signboard")
    assert page.status_code == 200
    text = page.content.decode()
    assert "设置&#34;招牌&#34;：登记" in text
    assert "受理审核" in text


def test_every_comment_teaches_and_no_place_is_left_open(folder):
    for path in folder.rglob("*"):
        if path.is_file():
            assert "<<" not in path.read_text(encoding="utf-8"), path
        if path.suffix == ".yaml" and path.parent != folder / "documents":
            assert path.read_text(encoding="utf-8").startswith("# "), path


@pytest.mark.django_db
def test_its_journey_goes_as_it_says(folder):
    Unit(code="440104-cg", name="城管局", kind="department", division="440104000000").found(by=HOUSE)
    with translation.override("zh-hans"):
        (played,) = rehearse(read(folder))
    assert [str(fault) for fault in played.faults] == []


@pytest.mark.parametrize("code", ["../evil", "Sign", "招牌", "", "a" * 61])
def test_a_code_is_lower_case(tmp_path, code):
    with translation.override("zh-hans"), pytest.raises(Fault, match=r"小写|lower-case"):
        scaffold.new(tmp_path, code, title="x", title_en="x", unit="x")
    assert list(tmp_path.iterdir()) == []


def test_nothing_is_overwritten(tmp_path, folder):
    with pytest.raises(Fault, match="signboard"):
        scaffold.new(tmp_path, "signboard", title="x", title_en="x", unit="x")


@pytest.mark.django_db
def test_somebody_applies_and_gets_a_decision(tmp_path, settings):
    """From the first answer to the paper, with nothing but what ``packs new`` wrote."""
    settings.DEMO, settings.FILES = True, tmp_path / "files"
    with clock.standing_at("2026-11-20T09:30"):
        town = founded()
        made = scaffold.new(tmp_path, "signboard", title="招牌登记", title_en="Signs", unit="440104-mz")
        publish(read(made), by="test")
        town.people["head"] = _staff("head", "叶文", "440104-mz", "signboard.approver")
        with town.acting("chen") as actor:
            desk = drafts.begin(catalogue.get("signboard"), by=actor, subject=town.subjects["chen"])
            applicant = {**desk.draft.data["applicant"], "phone": "13800001234"}
            drafts.save(desk, {"applicant": applicant, "request": {"words": "设置店招", "true": True}})
            number = intake.submit(desk, by=actor, command=uuid.uuid4())
        assert town.case(number).status == "accepted"
        town.do("head", number, "grant")
        town.work()
        case = town.case(number)
        with scope.service():
            papers = list(Paper.objects.filter(owner=f"case:{number}").values_list("title", flat=True))
    assert (case.status, case.outcome, papers) == ("closed", "granted", ["准予决定书"])
