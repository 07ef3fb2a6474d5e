"""What only the registers can tell 登记核验: in a database made for it, by the product's own verbs; one test is one case.

``./yizhan prove seal`` runs this file and reads what each case was told from the file that ``SEAL_CASES`` names.
"""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from yizhan import clock
from yizhan.identity.actor import HOUSE
from yizhan.identity.models import Unit
from yizhan.keys import authority, signing, timestamps
from yizhan.keys.algorithms import Family
from yizhan.keys.models import Certificate
from yizhan.records import files, papers
from yizhan.records.models import Original
from yizhan.seals import approvals, finishing, holding, sealing, verifying, vouching
from yizhan.seals.faults import NotApproved, UsedUp
from yizhan.seals.models import Approval, ApprovalWithdrawal, Seal, Spell, Use
from yizhan.seals.stamps import Stamp
from yizhan.seals.tests import conftest as seals

house, service, release, data = seals.house, seals.service, seals.release, seals.data
founded, seal, issue = seals.founded, seals.seal, seals.issue
MZ = seals.MZ


@pytest.fixture
def paper(seal, issue):
    """Issued, approved, sealed."""
    made = issue()
    finishing.finish(made)
    return made


@pytest.fixture
def told(request):
    """Writes down what a case was told, and what it had to be; and is the test of it."""

    def write(got: dict[str, object], wanted: dict[str, object]) -> None:
        line = {
            "case": request.node.name.removeprefix("test_").replace("_", " "),
            "got": got,
            "wanted": wanted,
        }
        if place := os.environ.get("SEAL_CASES"):
            with Path(place).open("a", encoding="utf-8") as out:
                out.write(json.dumps(line, ensure_ascii=False) + "\n")
        assert got == wanted

    return write


def content_of(paper) -> bytes:
    with files.open_for_reading(Original.objects.get(paper=paper).file) as content:
        return content.read()


def answers(content: bytes, code: str = "") -> dict[str, object]:
    """The five, and why the seal was not to be used."""
    found = verifying.with_file(content, code)
    told = {name: getattr(found, name) for name in ("as_issued", "sealed", "whole", "authorised", "in_force")}
    misuses = sorted({str(one.misuse) for one in found.seals if one.misuse})
    return {**told, "misuse": ",".join(misuses)}


ALL = {"as_issued": True, "sealed": True, "whole": True, "authorised": True, "in_force": True, "misuse": ""}


def sealed_by_hand(seal, content: bytes) -> bytes:
    """A seal that somebody put on past the registers."""
    certificate = authority.current(seal.key, Family.CLASSIC)
    return sealing.seal(
        content, Stamp(signing.signer(certificate), seal.drawing, str(seal), "by hand"), place=None, at=clock.now(),
        trust=vouching.trust(Family.CLASSIC), stamps_time=timestamps.stamper(Family.CLASSIC).token,
    )  # fmt: skip


def test_registers_genuine(paper, told):
    told(answers(content_of(paper)), ALL)


def test_registers_genuine_a_long_paper(seal, issue, told):
    made = issue(data={"note": "符合规定的条件，准予发放。" * 12})
    finishing.finish(made)
    told(answers(content_of(made)), ALL)


def test_registers_genuine_after_the_seal_was_replaced(paper, seal, told):
    content = content_of(paper)
    with clock.standing_at("2026-12-01T10:00"):
        holding.replace(seal, number="44019910000018", by="account:1", why="更换")
        told(answers(content), ALL)


def test_registers_genuine_after_the_seal_was_reported_lost(paper, seal, told):
    content = content_of(paper)
    with clock.standing_at("2026-12-01T10:00"):
        holding.change(seal, "lost", by="account:1", why="遗失")
        told(answers(content), ALL)


def test_registers_genuine_after_the_certificate_was_renewed(paper, seal, told):
    content = content_of(paper)
    with clock.standing_at("2029-10-20T10:00"):
        authority.renew(Certificate.objects.get(holder=seal.key))
        told(answers(content), ALL)


def test_registers_genuine_years_after_the_certificate_ended(paper, told):
    content = content_of(paper)
    with clock.standing_at("2034-01-05T10:00"):
        told(answers(content), ALL)


def test_registers_withdrawn_paper(paper, told):
    content = content_of(paper)
    papers.withdraw(paper, by="account:9", reason="有误")
    told(answers(content), {**ALL, "in_force": False})


def test_registers_a_byte_more(paper, told):
    told(
        answers(content_of(paper) + b"\n", paper.code),
        {**ALL, "as_issued": False, "whole": False},
    )


def test_registers_the_file_of_another_paper_under_this_code(paper, issue, told):
    other = issue(data={"name": "李四"})
    finishing.finish(other)
    told(
        answers(content_of(other), paper.code),
        {**ALL, "as_issued": False, "authorised": False, "misuse": "other_bytes"},
    )


def test_registers_sealed_by_hand_on_other_bytes(paper, seal, told):
    forged = sealed_by_hand(seal, seals_pages())
    told(
        answers(forged),
        {**ALL, "as_issued": False, "authorised": False, "in_force": None, "misuse": "no_use"},
    )


def test_registers_sealed_by_hand_under_the_code_of_a_paper(paper, seal, told):
    forged = sealed_by_hand(seal, seals_pages())
    told(
        answers(forged, paper.code),
        {**ALL, "as_issued": False, "authorised": False, "misuse": "other_bytes"},
    )


def test_registers_seal_of_another_unit(paper, told):
    unit = Unit(code="440199-cz", name="云津区财政局", kind="department", division="440199000000").found(
        by=HOUSE
    )
    other = holding.make(unit, "official", number="44019910000099", by="account:1", why="启用")
    told(
        answers(sealed_by_hand(other, seals_pages())),
        {**ALL, "as_issued": False, "authorised": False, "in_force": None, "misuse": "no_use"},
    )


def test_registers_certificate_that_is_no_seal_of_the_district(paper, told):
    staff = authority.issue("staff:somebody", name="某人", unit="云津区民政局", family=Family.CLASSIC)
    forged = sealing.seal(
        seals_pages(), Stamp(signing.signer(staff), [], "云津区民政局", ""), place=None, at=clock.now(),
        trust=vouching.trust(Family.CLASSIC), stamps_time=timestamps.stamper(Family.CLASSIC).token,
    )  # fmt: skip
    told(
        answers(forged),
        {**ALL, "as_issued": False, "authorised": False, "in_force": None, "misuse": "unknown_seal"},
    )


def test_registers_an_approval_for_another_unit(paper, seal, told):
    approval = Approval.objects.get(document=paper.key)
    forged = sealed_by_hand(seal, seals_pages())
    other = Approval.objects.create(
        document="paper:other",
        digest="0" * 64,
        unit="440199-cz",
        kind="official",
        by="account:9",
        why=approval.why,
    )
    _use(other, seal, forged)
    told(
        answers(forged),
        {**ALL, "as_issued": False, "authorised": False, "in_force": None, "misuse": "other_unit"},
    )


@pytest.mark.parametrize("state", ["suspended"])
def test_registers_used_while(paper, seal, told, state):
    with clock.standing_at("2026-12-01T10:00"):
        holding.change(seal, state, by="account:1", why="停用")
    with clock.standing_at("2026-12-02T10:00"):
        forged = sealed_by_hand(seal, seals_pages())
        _use(_approval(), seal, forged)
        told(
            answers(forged),
            {**ALL, "as_issued": False, "authorised": False, "in_force": None, "misuse": "not_in_use"},
        )


def test_registers_used_after_it_was_reported_lost(paper, seal, told):
    certificate = authority.current(seal.key, Family.CLASSIC)
    before = vouching.trust(Family.CLASSIC)
    with clock.standing_at("2026-11-21T10:00"):
        holding.change(seal, "lost", by="account:1", why="遗失")
    with clock.standing_at("2026-11-22T10:00"):
        stamp = Stamp(signing.signer(certificate), seal.drawing, str(seal), "")
        forged = sealing.seal(
            seals_pages(), stamp, place=None, at=clock.now(), trust=before,
            stamps_time=timestamps.stamper(Family.CLASSIC).token,
        )  # fmt: skip
        told(
            answers(forged),
            {
                **ALL,
                "as_issued": False,
                "sealed": False,
                "authorised": False,
                "in_force": None,
                "misuse": "no_use",
            },
        )


def test_registers_approval_withdrawn_before(paper, seal, told):
    forged, approval = sealed_by_hand(seal, seals_pages()), _approval()
    with clock.standing_at("2026-11-19T10:00"):
        ApprovalWithdrawal.objects.create(approval=approval, by="account:9", at=clock.now(), why="有误")
    _use(approval, seal, forged)
    told(
        answers(forged),
        {**ALL, "as_issued": False, "authorised": False, "in_force": None, "misuse": "withdrawn"},
    )


def test_registers_an_approval_is_used_once(paper, told):
    refused = "no"
    try:
        approvals.withdraw(Approval.objects.get(document=paper.key), by="account:9", why="迟了")
    except UsedUp:
        refused = "used up"
    told({"refused": refused, "uses": str(Use.objects.count())}, {"refused": "used up", "uses": "1"})


def test_registers_without_approval_nothing_is_sealed(seal, issue, told):
    refused = "no"
    try:
        finishing.finish(issue(approved=False))
    except NotApproved:
        refused = "not approved"
    told({"refused": refused, "uses": str(Use.objects.count())}, {"refused": "not approved", "uses": "0"})


def seals_pages() -> bytes:
    from yizhan.seals.tests.mint import pages  # noqa: PLC0415

    return pages(1, "伪造")


def _approval() -> Approval:
    return Approval.objects.create(
        document="paper:forged", digest="0" * 64, unit=MZ, kind="official", by="account:9", why="准予"
    )


def _use(approval: Approval, seal: Seal, content: bytes) -> None:
    """A row of a use, as somebody with the rights of the application could write it."""
    from yizhan.seals import examination  # noqa: PLC0415

    [found] = examination.examine(content, vouching.trust(), at=clock.now()).seals
    Use.objects.create(
        approval=approval, seal=seal, serials={found.serial: found.before}, at=clock.now(), after=""
    )
    assert Spell.objects.filter(seal=seal).exists()
