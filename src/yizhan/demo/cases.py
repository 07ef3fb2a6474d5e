"""Cases of the last weeks, each stepped by the real verbs at its own moment, so that every desk is alive."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from random import Random

from yizhan import calendar, clock
from yizhan.calendar.daytable import ONE_DAY
from yizhan.cases import catalogue, drafts, handling, intake, supplements
from yizhan.cases.models import Task
from yizhan.cases.supplements import Missing
from yizhan.demo import personas
from yizhan.demo.population import DISTRICT
from yizhan.identity import scope
from yizhan.identity.models import Account, RoleGrant
from yizhan.journal import access, worker
from yizhan.registry.registration import Registration

ITEM = "elderly_allowance"
_NAMES = uuid.UUID("3f6f7f0a-7a5e-4e9c-9d8b-0d6c8c1f2a10")  # commands of the demo follow from the seed
_REASONS = ("核实无误，同意。", "材料齐全，符合条件。", "电话核实本人意愿，情况属实。")


@dataclass(frozen=True)
class Story:
    """How far a case goes: so many working days ago it came in, and what staff did with it."""

    days_ago: int
    doubtful: bool
    steps: tuple[str, ...] = ()


STORIES = (
    *(Story(days, False) for days in (24, 20, 17, 15, 12, 9, 7, 5, 4, 3, 2, 1, 1, 0)),
    Story(22, True, ("accept", "agree", "grant")),
    Story(19, True, ("accept", "agree", "grant")),
    Story(18, True, ("accept", "disagree", "refuse")),
    Story(16, True, ("accept", "agree", "grant")),
    Story(14, True, ("decline",)),
    Story(11, True, ("accept", "agree")),
    Story(10, True, ("accept",)),
    Story(9, True, ("accept", "agree", "send_back")),
    Story(8, True, ("accept", "agree")),
    Story(7, True),
    Story(6, True, ("accept",)),
    Story(5, True, ("accept", "agree")),
    Story(5, True),
    Story(4, True),
    Story(4, True, ("supplement",)),
    Story(3, True, ("accept",)),
    Story(2, True),
    Story(1, True),
    Story(0, True),
)
_WORDS = {
    "disagree": "核实到申请人正在外地领取同类津贴，建议不予发放。",
    "refuse": "经核实，您正在其他地区领取同类津贴，不符合“未在其他地区领取同类津贴”的条件。",
    "decline": "申请人户籍已迁出本区，不属于本区受理范围，请向户籍所在地申请。",
    "send_back": "请补充与外地主管部门核实的记录。",
}


def make(dice: Random, residents: list[Registration]) -> int:
    """Step all stories; how many cases that made."""
    dice.shuffle(residents)
    here = iter([entry for entry in residents if _lives_in(entry, personas.BEIJING_STREET)])
    elsewhere = iter([entry for entry in residents if not _lives_in(entry, personas.BEIJING_STREET)])
    for number, story in enumerate(STORIES):
        # Every second doubtful case goes to the sub-district whose clerk one can be.
        entry = next(here if story.doubtful and number % 2 else elsewhere)
        _tell(dice, story, _resident(entry, number))
    _tell(dice, Story(3, True, ("supplement",)), _persona("liang"))
    worker.drain()
    return len(STORIES) + 1


def _tell(dice: Random, story: Story, account: Account) -> None:
    day = _working_day(story.days_ago)
    with clock.standing_at(_at(dice, day)):
        number = _apply(account, doubtful=story.doubtful)
    for step in story.steps:
        day = min(_next_working_day(day), clock.today())
        moment = _at(dice, day)
        with clock.standing_at(min(moment, clock.now())):
            _act(dice, number, step)


def _apply(account: Account, *, doubtful: bool) -> str:
    with scope.as_account(account) as actor, access.watching(actor.viewer()):
        subject = personas.person_of(account)
        desk = drafts.begin(catalogue.get(ITEM), by=actor, subject=subject)
        data = dict(desk.draft.data)
        data["applicant"] = {**data["applicant"], "phone": account.phone}
        data["account"] = {
            **data.get("account", {}),
            "bank": "示例银行越秀支行",
            "number": f"62220219{account.pk:08d}",
        }
        data["agent"] = {"is_agent": False}
        data["declaration"] = {"other_allowance": doubtful, "true": True} | (
            {"other_place": "示例市"} if doubtful else {}
        )
        drafts.save(desk, data)
        return intake.submit(desk, by=actor, command=uuid.uuid5(_NAMES, f"apply {account.pk}"))


def _act(dice: Random, number: str, step: str) -> None:
    with scope.service():
        task = Task.objects.get(number=number, state="open", audience="staff")
        holder = _holder(task)
    command = uuid.uuid5(_NAMES, f"{number} {task.id} {step}")
    with scope.as_account(holder) as actor, access.watching(actor.viewer()):
        if step == "supplement":
            missing = [Missing("agent.letter", "请补交代办委托书，或由本人签名确认申请。")]
            supplements.ask(task.case_id, task.id, missing=missing, words="", by=actor, command=command)
        else:
            reason = _WORDS.get(step, dice.choice(_REASONS) if step in {"agree", "grant"} else "")
            handling.complete(task.case_id, task.id, action=step, reason=reason, by=actor, command=command)


def _holder(task: Task) -> Account:
    """The first of those who may do the task: in its unit, else one whose role reaches everywhere."""
    grants = RoleGrant.objects.filter(role=task.queue.role if task.queue else "")
    here = grants.filter(post__unit=task.unit)
    posts = (here if here.exists() else grants.filter(reach="all")).values("post")
    return Account.objects.filter(appointments__post__in=posts, is_active=True).order_by("id")[0]


def _resident(entry: Registration, number: int) -> Account:
    account = Account.objects.create(
        kind=Account.Kind.CITIZEN, phone=f"1991000{number:04d}", name=f"1991000{number:04d}"
    )
    personas.prove(account, entry)
    return account


def _persona(key: str) -> Account:
    return personas.account(key)


def eligible(entry: Registration) -> bool:
    """Old enough, alive, registered here: what the stories need."""
    born = entry.born_on
    if born is None or entry.died_on or entry.registered is None:
        return False
    return (clock.today() - born).days / 365.25 >= 71 and entry.registered.division.startswith(DISTRICT)


def _lives_in(entry: Registration, street: str) -> bool:
    return entry.registered is not None and entry.registered.division.startswith(street)


def _working_day(ago: int) -> date:
    """The working day so many working days before today; today if it is one and none is asked."""
    table, day = calendar.table(), clock.today()
    while not table.is_work(day):
        day -= ONE_DAY
    for _ in range(ago):
        day -= ONE_DAY
        while not table.is_work(day):
            day -= ONE_DAY
    return day


def _next_working_day(day: date) -> date:
    return calendar.table().next_work(day + ONE_DAY)


def _at(dice: Random, day: date) -> datetime:
    moment = datetime.combine(day, time(9 + dice.randrange(7), dice.randrange(60)), clock.ZONE)
    return min(moment, clock.now() - timedelta(minutes=1))
