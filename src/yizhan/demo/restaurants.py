"""Restaurants that companies want to open 餐饮店演示: departments with their staff, companies, and cases on their way."""

from __future__ import annotations

import uuid
from datetime import date
from functools import partial
from random import Random

from django.core.files.uploadedfile import SimpleUploadedFile

from yizhan import clock
from yizhan.cases import attachments, catalogue, drafts, handling, intake, supplements
from yizhan.cases.drafts import Desk
from yizhan.cases.models import Task
from yizhan.cases.supplements import Missing
from yizhan.codes import identity_number
from yizhan.demo import companies, organisation, personas, population, telling, workdays
from yizhan.demo.dishes import OPENINGS, Act, Opening
from yizhan.demo.persona import Resident
from yizhan.demo.timeline import Timeline
from yizhan.forms.paths import Data, put
from yizhan.identity import scope
from yizhan.identity.actor import HOUSE
from yizhan.identity.models import Account, Mandate, Post, Role
from yizhan.journal import access, worker
from yizhan.licences import life
from yizhan.records import files
from yizhan.registry import entities, loading
from yizhan.registry.licences import Issued, Word
from yizhan.registry.models import Source
from yizhan.rehearsal import scans
from yizhan.releases.words import Text

ITEM, SIGN = "small_restaurant", "outdoor_sign"
_NAMES = uuid.UUID("8b1c0d52-7d0f-4c0e-8a54-52a6b8a1f0c3")  # commands of the demo follow from the seed
_OFFICERS = {
    "440104-scj-2": ("small_restaurant.reviewer",),
    "440104-xfd": ("small_restaurant.reviewer",),
    "440104-sth": ("small_restaurant.reviewer",),
    "440104-cgj": ("small_restaurant.reviewer", "outdoor_sign.clerk"),
    "440104-wjj": ("small_restaurant.reviewer",),
    "440104-zjj": ("small_restaurant.reviewer",),
}
_HEADS = {"440104-cgj": ("outdoor_sign.approver",)}


def found() -> None:
    """The departments that take part, and who works there."""
    personas.employ_officials(comes_with="restaurants")
    roles = {role.code: role for role in Role.objects.all()}
    for wanted, post in ((_OFFICERS, "officer"), (_HEADS, "head")):
        for unit, codes in wanted.items():
            place = Post.objects.get(unit=unit, code=post)
            for code in codes:
                organisation.give(roles[code], place, "own_unit")


def make(dice: Random) -> int:
    """Enter the companies and tell everything; how many acts that were."""
    source = Source.objects.get(code=companies.SOURCE)
    _to_be_tried()
    timeline = Timeline()
    for number, opening in enumerate(OPENINGS, start=4):
        owner = _owner(dice, opening, number)
        code = companies.CODES[number - 1]
        _enter(source, code, opening.company, owner, number)
        _plan(timeline, dice, opening, owner, f"entity:{code}")
    done = timeline.run()
    worker.drain()
    return done


def _to_be_tried() -> None:
    """What visitors try: a company that the agent opens a restaurant for, and one that holds a food licence already."""
    owner, agent = personas.account("owner"), personas.account("agent")
    with scope.as_account(owner) as actor:
        today = clock.today()
        Mandate.grant(
            agent,
            companies.CODES[2],
            by=actor,
            until=today.replace(year=today.year + 1, day=min(today.day, 28)),
        )
    begins = date(clock.today().year - 1, 3, 2)
    bureau = Text(zh="越秀区市场监督管理局", en="Market Supervision Bureau")
    issued = Issued(
        "food_business",
        "JY24401990012876",
        "440104-scj",
        bureau,
        begins,
        begins.replace(year=begins.year + 5, day=1),
    )
    with clock.standing_at(workdays.in_the_morning(begins)):
        life.enter(f"entity:{companies.CODES[1]}", issued, word=Word(HOUSE.key))


def _owner(dice: Random, opening: Opening, number: int) -> Account:
    """A resident with an account, whom the register of companies names as legal representative."""
    one = Resident(
        f"opening-{number}", opening.owner, Text(zh="店主", en="owner"), Text(zh="开店", en="opens"), f"1992000{number:04d}",
        opening.age, number % 2 == 0, f"{personas.BEIJING_STREET}{personas.COMMITTEES[number % 8]}",
    )  # fmt: skip
    entry = personas.registered(dice, _Own(number), one, date(2001, 1, 1))
    loading.load([entry], source=personas.SOURCE)
    personas.open_account(one, entry)
    return Account.objects.get(kind=Account.Kind.CITIZEN, phone=one.phone)


class _Own(population.Numbers):
    """Numbers of a birthday that neither the population nor the personas come to."""

    def __init__(self, serial: int) -> None:
        super().__init__()
        self._serial = 900 + 2 * serial

    def next(self, born: date, *, woman: bool) -> str:
        """That number."""
        serial = self._serial if woman else self._serial + 1
        return identity_number.make(population.NEVER_ISSUED, born, serial)


def _enter(source: Source, code: str, name: str, owner: Account, number: int) -> None:
    entities.enter(
        code,
        name,
        representative=owner.name,
        document=f"{owner.document_type}:{owner.document_number}",
        source=source,
        as_of=clock.today(),
        details=companies.details(number),
    )


def _plan(timeline: Timeline, dice: Random, opening: Opening, owner: Account, subject: str) -> None:
    told: list[str] = []
    day = workdays.ago(opening.days_ago)
    moment = workdays.in_office_hours(dice, day)
    timeline.at(moment, lambda: told.append(_apply(owner, opening, subject)))
    for place, act in enumerate(opening.acts):
        day = day if act.same_day else workdays.later(day, 1)
        later = workdays.in_office_hours(dice, day)
        moment = max(later, moment.replace(minute=min(moment.minute + 7, 59))) if act.same_day else later
        timeline.at(moment, partial(_act, told, act, place))


def _apply(owner: Account, opening: Opening, subject: str) -> str:
    with scope.as_account(owner) as actor, access.watching(actor.viewer()):
        desk = drafts.begin(catalogue.get(ITEM), by=actor, subject=subject)
        drafts.save(desk, _typed(desk, opening))
        data = desk.draft.data
        for one in desk.needed:
            if one.standing == "wanted" and one.material.at:
                put(data, one.material.at, [scan(desk, one.material.title.zh)])
        drafts.save(desk, data)
        return intake.submit(desk, by=actor, command=uuid.uuid5(_NAMES, f"apply {subject}"))


def scan(desk: Desk, title: str) -> str:
    """Keep a scanned page with an application; the file's number."""
    upload = SimpleUploadedFile(f"{title}.pdf", scans.page(), "application/pdf")
    kept = files.keep(upload, by=desk.by.key, owner=attachments.owner_of(desk), account=desk.by.account_id)
    return str(kept.id)


def _typed(desk: Desk, one: Opening) -> Data:
    data: Data = dict(desk.draft.data)
    data["scene"] = {
        "cooking": one.cooking, "area": one.area, "dine_in": one.dine_in, "sign": one.sign,
        "renovation": one.renovation, "central_air": False,
    }  # fmt: skip
    data["shop"] = {
        **data.get("shop", {}),
        "name": one.shop,
        "dishes": one.dishes,
        "staff": 4 + one.area // 40,
    }
    data["declaration"] = {"true": True}
    data["files"] = {}
    if one.cooking == "fumes":
        data["fumes"] = {"stoves": 2 + one.area // 120, "outlet": "楼顶，距最近住宅窗户约 12 米"}
    if one.sign:
        data["board"] = {"words": one.shop, "size": "宽 3.2 米，高 0.8 米"}
    if one.dine_in and one.area >= 300:
        data["fire"] = {"exits": 3, "equipment": "灭火器 12 具，自动喷水灭火系统，应急照明和疏散指示标志齐全"}
    return data


def _act(told: list[str], act: Act, place: int) -> None:
    """Somebody of the unit does its open task."""
    with scope.service():
        found = Task.objects.filter(
            number=told[0], unit=act.unit, state="open", audience="staff", kind="step"
        )
        task = found.select_related("queue").get()
        done = Task.objects.filter(number=told[0], unit=act.unit, state="done").values_list(
            "done_by", flat=True
        )
        holder = telling.holder_of(task, but=list(done) if act.action in {"pass", "fail"} else [])
    command = uuid.uuid5(_NAMES, f"{told[0]} {place}")
    with scope.as_account(holder) as actor, access.watching(actor.viewer()):
        if act.action == "supplement":
            missing = [Missing("fumes.outlet", act.words)]
            supplements.ask(task.case_id, task.id, missing=missing, words="", by=actor, command=command)
            return
        given = {key: value or clock.today().isoformat() for key, value in act.given.items()}
        handling.complete(
            task.case_id, task.id, action=act.action, reason=act.words, given=given, by=actor, command=command
        )
