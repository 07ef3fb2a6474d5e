"""Families that apply for the subsistence allowance 低保演示: who handles it, their household books, cases on their way."""

from __future__ import annotations

import uuid
from datetime import date
from decimal import Decimal
from functools import partial
from random import Random

from yizhan import clock
from yizhan.cases import catalogue, drafts, handling, intake
from yizhan.cases.drafts import Desk
from yizhan.cases.models import Task
from yizhan.codes import identity_number
from yizhan.demo import organisation, payroll, personas, population, restaurants, telling, workdays
from yizhan.demo.hardships import FAMILIES, Act, Family, Relative
from yizhan.demo.population import NEVER_ISSUED
from yizhan.demo.timeline import Timeline
from yizhan.forms.paths import Data, put
from yizhan.identity import scope
from yizhan.identity.models import Post, Role, Unit
from yizhan.journal import access, worker
from yizhan.payments import months
from yizhan.publishing import objecting
from yizhan.publishing.models import PublicNotice
from yizhan.registry import finding, loading, means, sources
from yizhan.registry.means import Record
from yizhan.registry.purposes import Reason
from yizhan.registry.registration import Registration

ITEM, TAX = "subsistence_allowance", "tax.income"
_NAMES = uuid.UUID("6d0a3f4e-8b7e-4a55-9c1e-2b7f5c9d1e08")  # commands of the demo follow from the seed
_SINCE = date(2003, 5, 1)
_SERIALS = 940  # the running numbers of a birthday never come so far


def found() -> None:
    """Who handles the allowance: officers of the sub-districts, the bureau's section, its payments officer."""
    personas.employ_officials(comes_with="families")
    roles = {role.code: role for role in Role.objects.all()}
    streets = Unit.objects.filter(kind=Unit.Kind.SUBDISTRICT).values("code")
    bureau = f"{organisation.GOVERNMENT}-mz"
    for code, reach, posts in (
        ("clerk", "own_unit", Post.objects.filter(unit__in=streets, code__in=["officer", "he"])),
        ("approver", "all", Post.objects.filter(unit=f"{bureau}-2", code="officer")),
        ("payer", "own_unit", Post.objects.filter(unit=bureau, code="su")),
    ):
        for post in posts.order_by("unit_id", "code"):
            organisation.give(roles[f"{ITEM}.{code}"], post, reach)


def make(dice: Random) -> int:
    """Enter the families and tell everything; how many acts that were."""
    sources.declare(TAX, zh="个人所得税申报", en="Income tax returns", unit=f"{organisation.GOVERNMENT}-swb")
    timeline = Timeline()
    for number, family in enumerate(FAMILIES):
        entries = _entries(dice, family, number)
        loaded = loading.load(entries, source=personas.SOURCE)
        _record(family, [loaded.subjects[entry.source_record] for entry in entries], number)
        if family.persona:
            one = next(one for one in personas.RESIDENTS if one.key == family.persona)
            personas.open_account(one, entries[0])
        if family.days_ago is not None:
            _plan(timeline, dice, family, entries[0])
    oldest = workdays.ago(max(family.days_ago or 0 for family in FAMILIES))
    payroll.close_all(timeline, ITEM, since=months.month_of(oldest))
    done = timeline.run()
    worker.drain()
    return done


class _Own(population.Numbers):
    """Numbers of a birthday that nobody else in the demo comes to."""

    def __init__(self, serial: int) -> None:
        super().__init__()
        self._serial = _SERIALS + 2 * serial

    def next(self, born: date, *, woman: bool) -> str:
        """That number."""
        return identity_number.make(NEVER_ISSUED, born, self._serial if woman else self._serial + 1)


def _entries(dice: Random, family: Family, number: int) -> list[Registration]:
    """The household as the police's register has it, its head first."""
    home = population.place(dice, f"{personas.BEIJING_STREET}{family.committee}")
    return [
        population.person(
            dice,
            _Own(number),
            record=f"family-{number}-{place}",
            name=one.name,
            woman=one.woman,
            age=one.age,
            home=home,
            living=home,
            book=f"F-{number}",
            relation=one.relation,
            since=_SINCE,
        )
        for place, one in enumerate(_all(family))
    ]


def _all(family: Family) -> tuple[Relative, ...]:
    return (family.head, *family.others)


def _record(family: Family, subjects: list[str], number: int) -> None:
    """What the tax bureau records of their income."""
    found = zip(_all(family), subjects, strict=True)
    records = [
        Record(
            subject=subject,
            kind="wage",
            source_record=f"family-{number} {one.name}",
            as_of=workdays.ago(25),
            amount=Decimal(one.recorded),
            detail="示例用工单位",
            since=_SINCE,
        )
        for one, subject in found
        if one.recorded is not None
    ]
    means.enter(records, source=TAX)


def _plan(timeline: Timeline, dice: Random, family: Family, head: Registration) -> None:
    told: list[str] = []
    day = workdays.ago(family.days_ago or 0)
    timeline.at(workdays.in_office_hours(dice, day), lambda: told.append(_take_in(family, head)))
    for place, act in enumerate(family.acts):
        day = workdays.later(day, act.days or 1)
        timeline.at(workdays.in_office_hours(dice, day), partial(_act, told, act, place))


def _take_in(family: Family, head: Registration) -> str:
    """The window clerk finds the head of the family, and the family with her; the number of the case."""
    with scope.as_account(personas.account("window")) as actor, access.watching(actor.viewer()):
        item = catalogue.get(ITEM)
        match = finding.exact(head.name, head.id_number, purpose=Reason(f"窗口收件：{item}"))
        if match.subject is None:
            raise RuntimeError(f"{head.source_record} is not in the register as the seed made it")
        desk = drafts.begin(item, by=actor, subject=match.subject)
        drafts.save(desk, _typed(desk, family, head))
        data = desk.draft.data
        for one in desk.needed:
            if one.standing == "wanted" and one.material.at:
                put(data, one.material.at, [restaurants.scan(desk, one.material.title.zh)])
        drafts.save(desk, data)
        return intake.submit(desk, by=actor, command=uuid.uuid5(_NAMES, f"apply {head.source_record}"))


def _typed(desk: Desk, family: Family, head: Registration) -> Data:
    """What the clerk types with the applicant."""
    data: Data = dict(desk.draft.data)
    by_name = {one.name: one for one in _all(family)}
    rows = []
    for row in data["household"]["members"]:
        one = by_name[row["name"]]
        rows.append(
            {**row, "together": True, "condition": one.condition, "income": one.income}
            | ({"income_from": one.came_from} if one.income else {})
        )
    data["applicant"] = {**data["applicant"], "phone": head.phone or "19900009999"}
    data["household"] = {"members": rows, "cause": family.cause}
    data["account"] = {
        **data["account"],
        "bank": "示例银行越秀支行",
        "number": f"62220219{int(head.id_number[-6:-1]):08d}",
    }
    data["consent"] = {"all": True, "letter": []}
    data["declaration"] = {"relatives": False, "true": True}
    return data


def _act(told: list[str], act: Act, place: int) -> None:
    """Somebody does the open task in which this can be done; or a neighbour objects."""
    command = uuid.uuid5(_NAMES, f"{told[0]} {place}")
    if act.action == "object":
        notice = PublicNotice.objects.get(case__number=told[0], taken_down_at=None)
        objecting.object_to(notice.id, words=act.words, name="", phone="", key=command)
        return
    with scope.service():
        nodes = {"accept": "acceptance", "record": "visit", "agree": "review", "disagree": "review"}
        task = Task.objects.select_related("queue").get(
            number=told[0], node=nodes.get(act.action, "confirmation"), state="open"
        )
        holder = telling.holder_of(task)
    given = {key: value or clock.today().isoformat() for key, value in act.given.items()}
    with scope.as_account(holder) as actor, access.watching(actor.viewer()):
        handling.complete(
            task.case_id, task.id, action=act.action, reason=act.words, given=given, by=actor, command=command
        )
