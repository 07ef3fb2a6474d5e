"""What happened to the demo's companies: shareholders, a branch, changes, decisions of offices. All invented."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

from yizhan import clock
from yizhan.codes import uscc
from yizhan.demo import companies, personas
from yizhan.demo.population import NEVER_ISSUED
from yizhan.registry import entities, entity_changes, entity_ties
from yizhan.registry.entities import Details
from yizhan.registry.entity_changes import Word
from yizhan.registry.entity_ties import Decision, Share
from yizhan.registry.models import Entity, EntityName, Source

_MARKET = "越秀区市场监督管理局"
_BRANCH = uscc.make("91", NEVER_ISSUED, "MA0000B1")
_A_YEAR = timedelta(days=365)


def furnish() -> None:
    """Give the owner's three companies a life; the same on every call that stands at the same moment."""
    owner = personas.account("owner").name
    first, second, third = (f"entity:{code}" for code in companies.CODES[:3])
    names = dict(Entity.objects.filter(uscc__in=companies.CODES[:3]).values_list("uscc", "name"))
    for subject in (first, third):
        _share(subject, Share(name=owner, share=Decimal(100), amount=Decimal(500_000)))
    _share(second, Share(name=owner, share=Decimal(60), amount=Decimal(600_000)))
    parent = names[companies.CODES[0]]
    _share(second, Share(name=parent, holder=first, share=Decimal(40), amount=Decimal(400_000)))
    _branch(owner)
    _changes(second)
    _decisions(second)


def _word(record: str) -> Word:
    return Word(source=companies.SOURCE, record=f"demo-{record}")


def _share(subject: str, share: Share) -> None:
    since = clock.today() - _A_YEAR
    entity_ties.hold(subject, Share(**{**vars(share), "since": since}), word=_word(f"share {subject}"))


def _branch(owner: str) -> None:
    details = Details(
        "分公司", "越秀区文明路101号", f"{personas.BEIJING_STREET}{personas.COMMITTEES[3]}", clock.today() - _A_YEAR,
        kind_code="8", state="1", industry="H", parent=companies.CODES[1],
    )  # fmt: skip
    entities.enter(
        _BRANCH, "示例泮水食品有限公司文明路分公司", representative=owner, document="",
        source=Source.objects.get(code=companies.SOURCE), as_of=clock.today(), details=details,
    )  # fmt: skip


def _changes(subject: str) -> None:
    """A name borne before, a capital raised, and a day of founding that was put right."""
    code, today = subject.removeprefix("entity:"), clock.today()
    EntityName.objects.create(entity_id=code, name="示例泮水食品商行", until=today - timedelta(days=300))
    raised = {"registered_capital": Decimal("1000000.00")}
    entity_changes.changed(subject, raised, on=today - timedelta(days=90), word=_word("capital"))
    entity_changes.corrected(
        subject, "term_from", Entity.objects.get(uscc=code).established_on, because="登记时录入有误",
        word=_word("term"),
    )  # fmt: skip


def _decisions(subject: str) -> None:
    today = clock.today()

    def on(days: int) -> date:
        return today - timedelta(days=days)

    for decision in (
        Decision(kind="penalty", number="越示罚〔2026〕第 0017 号", title="未按规定公示食品经营信息，给予警告",
                 authority=_MARKET, decided_on=on(120), grade="1", public_until=on(-245)),
        Decision(kind="penalty", number="越示罚〔2025〕第 0342 号", title="标签不合规定，罚款",
                 authority=_MARKET, decided_on=on(500), grade="2", amount=Decimal(2_000), public_until=on(135)),
        Decision(kind="approval", number="越示许〔2025〕第 1120 号", title="食品经营许可",
                 authority=_MARKET, decided_on=on(330), valid_to=on(-1400)),
        Decision(kind="honour", number="越示信〔2026〕第 0008 号", title="示例诚信经营单位",
                 authority=_MARKET, decided_on=on(60), public_until=on(-305)),
    ):  # fmt: skip
        entity_ties.decided(subject, decision, word=_word(decision.number))
