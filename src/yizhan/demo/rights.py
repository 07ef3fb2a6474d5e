"""The rights of persons over their data 个人信息权利演示: objections, somebody protected, looks that bear a mark."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial
from random import Random
from typing import Any

from yizhan import clock
from yizhan.cases import drafts, handling, intake, objections
from yizhan.cases.models import Task
from yizhan.codes import identity_number
from yizhan.demo import organisation, personas, population, telling, workdays
from yizhan.demo.population import NEVER_ISSUED
from yizhan.demo.timeline import Timeline
from yizhan.forms.paths import put
from yizhan.identity import scope
from yizhan.identity.models import Post, Role
from yizhan.journal import access, worker
from yizhan.registry import acts, file, guarding, loading, sight
from yizhan.registry.facts import facts
from yizhan.registry.purposes import Own, Reason

_NAMES = uuid.UUID("b4a0f2de-5a0e-4b0c-8f43-2a6d7c1e9f30")  # commands of the demo follow from the seed
_ROLE = "register_objection.handler"
_SERIAL = 990  # the running numbers of a birthday never come so far
_PROTECTED_SINCE = timedelta(days=40)


@dataclass(frozen=True)
class Story:
    """One objection: who, to what, since when, and what the office answered after some working days."""

    who: str
    key: str
    kind: str
    wanted: str
    why: str
    days_ago: int
    after: int = 0
    action: str = ""
    given: Mapping[str, str] | None = None
    reason: str = ""


STORIES = (
    Story(
        "luo", "person.former_name", "incomplete", "罗润森", "1962 年以前用名罗润森，工作证上可以看到", 16,
        2, "correct", {"value": "罗润森"}, "经查户籍档案，1962 年登记的姓名为罗润森，原登记漏录",
    ),
    Story(
        "liang", "person.ethnic_group", "wrong", "满族", "外祖母为满族，希望改为满族", 11,
        3, "keep", None, "经查本人及父母户籍档案，均登记为汉族；变更民族成份须按规定另行申请",
    ),
    Story("huang", "person.born", "wrong", "", "身份证上的出生日期比实际晚了一天，有出生时的户籍证明", 2),
)  # fmt: skip
LOOKS = (
    ("window", "核对高龄津贴领取资格", 5),
    ("register", "核对本月人口变动数据", 3),
    ("window", "电话咨询，核对本人信息", 1),
)


def found() -> None:
    """Who looks into objections: the police for the population register, the data bureau for the rest."""
    personas.employ_officials(comes_with="rights")
    role = Role.objects.get(code=_ROLE)
    for post in Post.objects.filter(unit=f"{organisation.GOVERNMENT}-zsj-2", code="officer"):
        organisation.give(role, post, "unit_subtree")


def make(dice: Random) -> int:
    """Tell everything; how many acts that were."""
    protected = _protected(dice)
    timeline = Timeline()
    for story in STORIES:
        _plan(timeline, dice, story)
    for who, reason, days in LOOKS:
        moment = workdays.in_office_hours(dice, workdays.ago(days))
        timeline.at(moment, partial(_look, who, protected, reason))
    done = timeline.run()
    worker.drain()
    return done


def _plan(timeline: Timeline, dice: Random, story: Story) -> None:
    told: list[str] = []
    day = workdays.ago(story.days_ago)
    timeline.at(workdays.in_the_evening(dice, day), lambda: told.append(_object(story)))
    if story.action:
        decided = workdays.in_office_hours(dice, workdays.later(day, story.after))
        timeline.at(decided, lambda: _decide(story, told[0]))


def _object(story: Story) -> str:
    """Somebody objects to a value of theirs; the number of the case."""
    account, item = personas.account(story.who), objections.offered()
    if item is None:
        raise RuntimeError("the pack of objections is not published")
    with scope.as_account(account) as actor, access.watching(actor.viewer()):
        subject = personas.person_of(account)
        begun = objections.begin(item, by=actor, subject=subject, key=story.key)
        desk = drafts.open_(begun.draft.id, by=actor)
        data: dict[str, Any] = desk.form.settled(desk.draft.data, desk.conditions, prefill=desk.prefill)
        for path, answer in (
            ("objection.kind", story.kind),
            ("objection.wanted", story.wanted or _a_day_before(subject)),
            ("objection.why", story.why),
            ("applicant.phone", account.phone),
            ("declaration.true", True),
        ):
            put(data, path, answer)
        drafts.save(desk, data)
        command = uuid.uuid5(_NAMES, f"object {story.who}")
        return intake.submit(desk, by=actor, command=command)


def _a_day_before(subject: str) -> str:
    """The birthday as somebody says it was, a day before the registered one."""
    born: date = facts(subject, ["person.born"], purpose=Own())["person.born"].value
    return (born - timedelta(days=1)).isoformat()


def _decide(story: Story, number: str) -> None:
    with scope.service():
        task = Task.objects.get(number=number, state="open", audience="staff")
        holder = telling.holder_of(task)
    with scope.as_account(holder) as actor, access.watching(actor.viewer()):
        command = uuid.uuid5(_NAMES, f"{number} {story.action}")
        handling.complete(
            task.case_id, task.id, action=story.action, reason=story.reason, given=dict(story.given or {}),
            by=actor, command=command,
        )  # fmt: skip


class _Own(population.Numbers):
    """A number of a birthday that nobody else in the demo comes to."""

    def next(self, born: date, *, woman: bool) -> str:
        """That number."""
        return identity_number.make(NEVER_ISSUED, born, _SERIAL if woman else _SERIAL + 1)


def _protected(dice: Random) -> str:
    """Enter somebody and put her on the list of the protected; her subject."""
    home = population.place(dice, f"{personas.BEIJING_STREET}113")
    entry = population.person(
        dice, _Own(), record="protected-1", name="莫静仪", woman=True, age=58, home=home, living=home,
        book="R-1", relation="02", since=date(1996, 3, 1),
    )  # fmt: skip
    subject = loading.load([entry], source=personas.SOURCE).subjects[entry.source_record]
    with scope.as_account(personas.account("security")):
        guarding.protect(
            entry.name, entry.id_number, reason="重大案件证人（演示），信息须重点保护",
            since=clock.today() - _PROTECTED_SINCE, until=None,
        )  # fmt: skip
    return subject


def _look(who: str, subject: str, reason: str) -> None:
    """A member of staff opens her file for a reason."""
    purpose = Reason(reason)
    with scope.as_account(personas.account(who)) as actor, access.watching(actor.viewer()):
        acts.open_file(subject, purpose=purpose)
        file.read(sight.look(subject, purpose=purpose))
