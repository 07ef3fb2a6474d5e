"""Keys or time stamps that do not work: papers wait whole, it is said why and who must act, and others are not kept."""

from __future__ import annotations

from datetime import timedelta

import pytest

from yizhan import clock
from yizhan.journal import outbox
from yizhan.journal.models import Effect
from yizhan.keys import authority, keeping, token
from yizhan.keys.algorithms import Family
from yizhan.keys.models import Certificate, Key
from yizhan.records.models import Original, StoredFile
from yizhan.seals import examination, finishing, holding, keeping_up, vouching, waiting
from yizhan.seals.faults import CannotSeal
from yizhan.seals.models import Use
from yizhan.seals.tests.test_finishing import content_of

PAPER, OTHER = "test.paper", "test.message"


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


def revoked_clock(_monkeypatch):
    """The certificate of the time stamps was revoked."""
    stamps = authority.current("tsa", Family.CLASSIC)
    authority.revoke(stamps, by="operator:root", because="密钥可能泄露")
    return lambda: None


def silent_device(monkeypatch):
    """The key of the time stamps lies in a device that is away."""
    row, opened = authority.current("tsa", Family.CLASSIC).key, keeping.opened
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
            raise token._does_not_answer(TimeoutError())
        return self._key.sign(data)


@pytest.mark.parametrize(
    ("broken", "told"),
    [(revoked_clock, "时间戳没有有效证书"), (silent_device, "密码设备没有应答")],
)
def test_papers_wait_whole_others_leave_and_all_is_finished_when_it_works_again(
    seal, issue, later, topics, monkeypatch, broken, told
):
    restored = broken(monkeypatch)
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
            known = vouching.trust(Family.CLASSIC)
            assert examination.examine(content_of(paper), known, at=clock.now()).holds


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


def test_an_issuing_certificate_that_was_revoked_lets_nothing_be_sealed(seal, issue, topics):
    authority.revoke(authority.current("issuing", Family.CLASSIC), by="operator:root", because="密钥泄露")
    paper = issue()
    with pytest.raises(CannotSeal):
        finishing.finish(paper)
    leave(paper)
    outbox.deliver()
    assert not Use.objects.exists()
    [line] = waiting.waiting()
    assert "请系统管理员处理" in line.why


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
