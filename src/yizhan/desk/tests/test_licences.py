"""Licences at the desk: found by whoever keeps them, moved with a reason, once; nobody else's."""

from __future__ import annotations

import uuid
from datetime import date

import pytest

from yizhan.cases.tests.conftest import _staff
from yizhan.desk.tests.conftest import words
from yizhan.identity import scope
from yizhan.identity.tests.browsers import browser_of
from yizhan.journal.models import Access
from yizhan.licences import life
from yizhan.licences.acting import KEEPER
from yizhan.registry.licences import Issued, Word
from yizhan.registry.models import Licence, LicenceStep
from yizhan.releases.words import Text

MZ, NAME = "440104-mz", "示例云澜文化有限公司"


def entered(issuer, number, subject="entity:91440199MA00000155"):
    issued = Issued(
        "food_business", number, issuer, Text(zh="示例机关", en="Example"), date(2025, 1, 1), date(2030, 1, 1),
        holder=NAME,
    )  # fmt: skip
    with scope.service():
        return life.enter(subject, issued, word=Word("house"))


@pytest.fixture
def licence(town):
    return entered(MZ, "JY24401990000001")


@pytest.fixture
def keeper(town):
    return browser_of(_staff("licences", "岑嘉仪", MZ, KEEPER))


def act(keeper, licence, verb, because="依据检查记录，暂停经营整改", command=None):
    form = {"act": verb, "because": because, "command": str(command or uuid.uuid4())}
    return keeper.post(f"/desk/licences/{licence.id}/act", form, follow=True)


def test_a_keeper_finds_the_units_licences_and_looks_are_logged(keeper, licence):
    entered("440104-scj", "JY24401990000002", "entity:91440199MA00000230")
    page = words(keeper.get("/desk/licences"))
    assert licence.number in page and "JY24401990000002" not in page
    assert Access.objects.latest("id").subjects == [licence.subject]
    for asked, found in (("0001", True), ("云澜", True), ("91440199MA00000155", True), ("别的", False)):
        assert (licence.number in words(keeper.get("/desk/licences", {"q": asked}))) == found
    assert "没有查到证照" in words(keeper.get("/desk/licences", {"state": "revoked"}))


def test_it_is_suspended_and_resumed_with_a_reason_once(keeper, licence):
    page = words(keeper.get(f"/desk/licences/{licence.id}"))
    assert 'value="suspended"' in page and 'value="resumed"' not in page
    command = uuid.uuid4()
    for _twice in range(2):
        assert "该证照现在已暂停" in words(act(keeper, licence, "suspended", command=command))
    page = words(keeper.get(f"/desk/licences/{licence.id}"))
    assert "依据检查记录" in page and 'value="resumed"' in page and 'value="suspended"' not in page
    assert "该证照现在有效" in words(act(keeper, licence, "resumed", "整改完成"))
    with scope.service():
        assert LicenceStep.objects.filter(licence=licence).count() == 3


def test_what_cannot_be_is_told_at_its_place_and_the_reason_is_kept(keeper, licence):
    assert "请写明" in words(act(keeper, licence, "revoked", " "), 422)
    assert "请选择要办理的事项" in words(act(keeper, licence, "expired"), 422)
    words(act(keeper, licence, "revoked"))
    page = words(act(keeper, licence, "suspended", "写了很长的理由"), 422)
    assert "已经撤销、注销" in page


def test_nobody_elses_and_nobody_without_the_role(keeper, licence, as_):
    other = entered("440104-scj", "JY24401990000002", "entity:91440199MA00000230")
    assert keeper.get(f"/desk/licences/{other.id}").status_code == 404
    assert act(keeper, other, "revoked").status_code == 404
    assert as_("approver").get("/desk/licences").status_code == 403
    with scope.service():
        assert {one.state for one in Licence.objects.all()} == {"in_force"}
