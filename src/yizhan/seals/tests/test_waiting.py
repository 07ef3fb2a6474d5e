"""Keys or time stamps that do not work: papers wait whole, it is said why and who must act, and others are not kept."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone
from pyhanko.sign.general import SigningError

from yizhan import clock
from yizhan.journal import outbox
from yizhan.journal.models import Effect, News
from yizhan.keys import authority, keeping, signing, timestamps, token
from yizhan.keys.algorithms import Family
from yizhan.keys.faults import IssuerGone
from yizhan.keys.models import Certificate, Key
from yizhan.records import originals
from yizhan.records.models import Original, StoredFile
from yizhan.seals import (
    examination,
    finishing,
    founding,
    holding,
    keeping_up,
    sealing,
    vouching,
    waiting,
)
from yizhan.seals.faults import CannotSeal
from yizhan.seals.models import Use
from yizhan.seals.stamps import Stamp
from yizhan.seals.tests.test_finishing import content_of

PAPER, OTHER = "test.paper", "test.message"


@pytest.fixture(params=list(Family))
def broken_family(request, settings):
    """The district seals with both families; something is wrong with one of them."""
    settings.SEAL_FAMILIES = ("classic", "sm")
    return request.param


@pytest.fixture
def topics(monkeypatch):
    """Papers leave by the outbox, and something else that needs no key."""
    sent = []
    known = dict(outbox._handlers)
    known[PAPER] = lambda errand: finishing.finish(_paper(errand))
    known[OTHER] = lambda errand: sent.append(errand.key)
    monkeypatch.setattr(outbox, "_handlers", known)
    return sent


def _paper(errand):
    from yizhan.records.models import Paper  # noqa: PLC0415

    return Paper.objects.get(id=errand.body["paper"])


def leave(paper):
    outbox.put(PAPER, {"paper": str(paper.pk)}, key=f"{PAPER}/{paper.pk}")


def revoked_clock(family, _monkeypatch):
    """The certificate of the time stamps was revoked."""
    stamps = authority.current("tsa", family)
    authority.revoke(stamps, by="operator:root", because="密钥可能泄露")
    return lambda: None


def silent_device(family, monkeypatch):
    """The key of the time stamps lies in a device that is away."""
    row, opened = authority.current("tsa", family).key, keeping.opened
    device = _Device(opened(row))
    monkeypatch.setattr(keeping, "opened", lambda one: device if one.pk == row.pk else opened(one))
    return device.comes_back


class _Device:
    def __init__(self, key):
        self._key, self._away = key, True
        self.algorithm, self.public_key = key.algorithm, key.public_key

    def comes_back(self):
        self._away = False

    def sign(self, data):
        if self._away:
            raise token._does_not_answer("TimeoutError")
        return self._key.sign(data)


@pytest.mark.parametrize(
    ("broken", "told"),
    [(revoked_clock, "时间戳没有有效证书"), (silent_device, "密码设备没有应答")],
)
def test_papers_wait_whole_others_leave_and_all_is_finished_when_it_works_again(
    broken_family, seal, issue, later, topics, monkeypatch, broken, told
):
    restored = broken(broken_family, monkeypatch)
    papers = [issue(data={"name": name}) for name in ("陈玉珍", "陈玥堃")]
    for number, paper in enumerate(papers):
        leave(paper)
        outbox.put(OTHER, {}, key=f"message/{number}")
    outbox.deliver()
    assert len(topics) == 2, "what needs no key left all the same"
    assert not (Use.objects.exists() or Original.objects.exists() or StoredFile.objects.exists())
    faults = list(Effect.objects.filter(topic=PAPER).values_list("fault", flat=True))
    assert [fault.startswith("CannotSeal:") and told in fault for fault in faults] == [True, True], faults
    [line] = waiting.waiting()
    assert line.papers == 2
    assert "请系统管理员处理" in line.why
    assert waiting.fault() == str(line)
    restored()
    with later(clock.now() + timedelta(hours=1)):
        assert keeping_up.keep_up() > 0
        outbox.deliver()
        assert waiting.waiting() == []
        assert Use.objects.count() == Original.objects.count() == 2
        for paper in papers:
            assert examination.examine(content_of(paper), vouching.trust(), at=clock.now()).holds


def test_time_stamps_that_have_ended_are_renewed_and_what_waited_is_finished(seal, issue, later, topics):
    """The house was away for longer than its certificates hold."""
    ends = authority.current("tsa", Family.CLASSIC).not_after
    with later(ends - timedelta(days=200)):
        other = holding.replace(seal, number="44019910000018", by="account:1", why="换发")
    with later(ends + timedelta(days=3)):
        paper = issue()
        with pytest.raises(CannotSeal, match="时间戳没有有效证书"):
            finishing.finish(paper)
        leave(paper)
        outbox.deliver()
        keeping_up.keep_up()
        outbox.deliver()
        assert Use.objects.get().seal == other
        assert examination.examine(content_of(paper), vouching.trust(), at=clock.now()).holds


def revoke_issuing(family):
    authority.revoke(authority.current("issuing", family), by="operator:root", because="密钥泄露")


def test_an_issuing_certificate_that_was_revoked_is_told_and_nothing_is_founded_by_itself(
    broken_family, seal, founded, issue, topics
):
    revoke_issuing(broken_family)
    paper = issue()
    with pytest.raises(CannotSeal, match="keys found"):
        finishing.finish(paper)
    with pytest.raises(IssuerGone):
        holding.make(founded, "notice", number="44019910000019", by="account:1", why="启用")
    leave(paper)
    outbox.deliver()
    assert not Use.objects.exists()
    [line] = waiting.waiting()
    assert "keys found" in line.why and "请系统管理员处理" in line.why
    assert authority.current("issuing", broken_family) is None
    assert authority.current("tsa", broken_family) is None


@pytest.mark.parametrize("because", ["", "口令和数据副本泄露"])
def test_founded_again_what_waited_is_sealed_with_new_certificates_of_the_same_seals(
    broken_family, seal, issue, topics, later, because
):
    """By the issuing certificate alone, or with the root."""
    before, paper = issue(data={"name": "陈玉珍"}), issue()
    finishing.finish(before)
    old = {family: authority.current(seal.holder, family) for family in Family}
    with later(clock.now() + timedelta(days=2)):
        revoke_issuing(broken_family)
        leave(paper)
        outbox.deliver()
        assert keeping_up.keep_up() > 0, "what can be kept up is"
        done = founding.again(by="operator:root", withdrawing_because=because)
        made = {(one.holder, one.family) for one in done.made}
        again = Family if because else [broken_family]
        above = ("root", "issuing", "tsa") if because else ("issuing", "tsa")
        assert made == {(holder, family) for holder in above for family in again}
        assert waiting.waiting() == [], "it is tried at once"
        outbox.deliver()
        assert {use.seal for use in Use.objects.all()} == {seal}
        new = {family: authority.current(seal.holder, family) for family in Family}
        assert {family for family in Family if new[family] != old[family]} == set(again)
        assert all(one.key != old[family].key for family, one in new.items() if family in again)
        held = [
            examination.examine(content_of(one), vouching.trust(), at=clock.now()).holds
            for one in (before, paper)
        ]
        assert held == [not because, True]
        assert founding.again(by="operator:root").made == []
        told = News.objects.filter(kind="certificate.issued", actor="operator:root")
        assert told.count() == len(made)


def test_without_the_secret_of_the_old_keys_all_is_founded_anew(seal, issue, settings, later):
    keeping._opened.clear()
    settings.KEY_SECRET = "made where the old one was lost"
    with later(clock.now() + timedelta(days=2)):
        founding.again(by="operator:root", withdrawing_because="口令丢失")
        paper = issue()
        finishing.finish(paper)
        assert examination.examine(content_of(paper), vouching.trust(), at=clock.now()).holds
        holding.change(seal, "lost", by="account:1", why="遗失")


def test_a_try_that_failed_is_told_though_all_seems_in_order(seal, issue, topics, monkeypatch):
    def refused(*_arguments, **_more):
        raise CannotSeal("设备忙。")

    monkeypatch.setattr(sealing, "seal", refused)
    leave(issue())
    outbox.deliver()
    [line] = waiting.waiting()
    assert str(line) == (
        "1 份文书待用印：上次用印未成功（暂时不能用印：设备忙），请系统管理员处理，恢复后自动用印"
    )
    outbox.hasten(CannotSeal.__name__)
    assert waiting.waiting() == [], "somebody is about to try"
    Effect.objects.update(next_try_at=timezone.now() - timedelta(minutes=11))
    assert waiting.waiting() == [line], "no worker does"


def test_no_page_asks_a_key(seal, issue, topics, monkeypatch):
    silent_device(Family.CLASSIC, monkeypatch)
    leave(issue())
    outbox.deliver()
    monkeypatch.setattr(keeping, "opened", lambda _row: pytest.fail("a key was asked"))
    assert "密码设备没有应答" in waiting.waiting()[0].why


def test_time_stamps_below_a_revoked_issuer_are_what_a_paper_waits_for(seal, issue, later):
    """The seal's own chain is good: pyHanko tells of the time stamp's in other words."""
    stamper = timestamps.stamper(Family.CLASSIC)
    pages = originals.typeset(issue())
    revoke_issuing(Family.CLASSIC)
    with later(clock.now() + timedelta(hours=1)):
        founding.again(by="operator:root")
        certificate = holding.certificate_of(seal, Family.CLASSIC)
        stamp = Stamp(signing.signer(certificate), seal.drawing, str(seal), "试验")
        with pytest.raises(CannotSeal, match="未通过检查"):
            sealing.seal(
                pages, stamp, place=None, at=clock.now(), trust=vouching.trust(Family.CLASSIC),
                stamps_time=stamper.token,
            )  # fmt: skip


def test_a_file_that_cannot_be_sealed_waits_for_no_key(seal, issue, monkeypatch):
    def broken(*_arguments, **_more):
        raise SigningError("the field is there already")

    monkeypatch.setattr(sealing._Signer, "sign_pdf", broken)
    with pytest.raises(SigningError):
        finishing.finish(issue())


def test_keys_that_answer_say_so_and_those_that_do_not_are_named(seal):
    assert waiting.hindrance(seal.unit, seal.kind) == ""
    authority.revoke(authority.current(seal.key, Family.CLASSIC), by="account:1", because="遗失")
    assert waiting.hindrance(seal.unit, seal.kind) == (
        "云津区民政局的单位公章签章证书已撤销，请印章管理员更换印章"
    )
    assert waiting.hindrance(seal.unit, "notice") == "云津区民政局没有业务专用章，请印章管理员制发"


def test_the_first_seal_of_a_district_founds_its_authority(db, service, settings):
    from yizhan.identity.actor import HOUSE  # noqa: PLC0415
    from yizhan.identity.models import Unit  # noqa: PLC0415

    settings.KEY_SECRET = "what these tests seal with"
    top = Unit(code="440199", name="云津区人民政府", kind="government", division="440199000000").found(
        by=HOUSE
    )
    unit = Unit(
        code="440199-mz", name="云津区民政局", kind="department", parent=top, division="440199000000"
    ).found(by=HOUSE)
    assert not Certificate.objects.exists()
    holding.make(unit, "official", number="44019910000017", by="account:1", why="启用")
    assert {one.holder for one in Certificate.objects.filter(family=Family.CLASSIC)} >= {
        "root", "issuing", "tsa",
    }  # fmt: skip
    assert "云津区人民政府" in bytes(authority.current("root", Family.CLASSIC).der).decode("utf-8", "ignore")
    assert Key.objects.count() >= 4
