"""How a journey is written 事例: ``journeys/*.yaml``, one case's whole life for people to read and the house to play."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta
from typing import Annotated, Any, Literal

from django.utils.translation import gettext as _
from pydantic import BeforeValidator, Field, model_validator

from yizhan.calendar.daytable import Table
from yizhan.rehearsal.expected import Expected
from yizhan.releases.words import Key, Shape, Text
from yizhan.ui.language import listed

_AFTER = re.compile(r"(\d{1,4}) (working day|day|hour|minute)s?")
After = Annotated[
    str,
    Field(
        pattern=rf"^{_AFTER.pattern}$", description="`3 working days`, `10 days`, `2 hours` or `30 minutes`"
    ),
]
Division = Annotated[str, Field(pattern=r"^[0-9]{12}$")]
Role = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*\.[a-z][a-z0-9_]*$")]
Fact = Annotated[str, Field(min_length=1, max_length=120)]
Words = Annotated[str, Field(min_length=1, max_length=2000)]

VERBS = (
    "does", "asks", "supplies", "suspends", "resumes", "extends", "answers_extension", "sends_back", "takes_back",
    "joins", "leaves", "urges", "withdraws", "terminates", "reopens", "receives", "reports", "follows",
)  # fmt: skip
"""What somebody can do in a step; a step without any only lets time pass."""


def _named(given: Any) -> Any:
    """Answers as a browser sends them: names of questions and days as texts, which YAML reads as other things."""
    if isinstance(given, dict):
        return {_name(key): _named(value) for key, value in given.items()}
    if isinstance(given, list):
        return [_named(entry) for entry in given]
    return given.isoformat() if isinstance(given, date) else given


def _name(key: Any) -> str:
    return str(key).lower() if isinstance(key, bool) else str(key)


Answers = Annotated[dict[str, Any], BeforeValidator(_named)]


class PersonInvented(Shape):
    """A resident made for the journey 居民; the register knows what is written here and nothing else."""

    name: str = Field(min_length=1, max_length=40)
    sex: Literal["male", "female"] = "female"
    born_on: date
    died_on: date | None = None
    registered: Division | None = None
    living: Division | None = None
    since: date | None = Field(default=None, description="registered and living there since")
    book: Key | None = Field(default=None, description="whoever has the same one is of one household")
    relation: str = Field(default="01", max_length=4, description="to the head of the household, by code")


class LicenceHeld(Shape):
    """A licence that a company holds already 已持有的证照."""

    kind: Key
    number: str = Field(min_length=1, max_length=60)
    issuer: str = Field(min_length=1, max_length=40, description="code of the unit")
    valid_from: date
    valid_to: date | None = None


class CompanyInvented(Shape):
    """A company made for the journey 企业."""

    name: str = Field(min_length=1, max_length=80)
    representative: Key = Field(description="one of the people of the journey")
    agents: list[Key] = Field(default_factory=list, max_length=10)
    kind: str = Field(default="", max_length=40)
    address: str = Field(default="", max_length=200)
    division: Division | None = None
    established_on: date | None = None
    licences: list[LicenceHeld] = Field(default_factory=list, max_length=20)


class Wanted(Shape):
    """Somebody who is there already, found by what the registers say 库里已有的人或企业."""

    of: Literal["person", "entity"]
    where: str = Field(min_length=1, max_length=4096, description="FEEL, such as `person.age >= 80`")
    agents: list[Key] = Field(default_factory=list, max_length=10, description="who acts for the company")


class StaffInvented(Shape):
    """A member of staff made for the journey 经办人: somebody who holds a role at a unit."""

    name: str = Field(default="", max_length=40)
    role: Role
    unit: str = Field(
        default="item unit", max_length=40, description="`item unit`, `area subdistrict`, or a unit's code"
    )


class Somebody(Shape):
    """One who takes part: a person, a company, a member of staff, or somebody found 参与者."""

    person: PersonInvented | None = None
    company: CompanyInvented | None = None
    found: Wanted | None = None
    staff: StaffInvented | None = None

    @model_validator(mode="after")
    def _one(self) -> Somebody:
        if len([one for one in (self.person, self.company, self.found, self.staff) if one]) != 1:
            raise ValueError(_("person、company、found、staff 须写且只写一项"))
        return self


class Applying(Shape):
    """How the application is handed in 申请: by whom, for whom, with which answers and files."""

    by: Key = Field(description="a person, who applies online, or a window clerk")
    for_: Key | None = Field(default=None, alias="for", description="whom it is for, where that is another")
    form: Answers = Field(default_factory=dict, description="answers, laid over what the registers know")
    files: list[Fact] | Literal["needed"] = Field(
        default_factory=list, description="questions that get a file; `needed`: all that are wanted"
    )
    refused: Words | None = Field(default=None, description="it must be refused with these words")
    expect: Expected = Field(default_factory=Expected)


class MissingItem(Shape):
    """One thing that is missing 需补正的内容."""

    path: str = Field(default="", max_length=120)
    words: Words


class Suspending(Shape):
    """What the clocks wait for 中止计时."""

    kind: Key
    until: date | None = None
    document: str = Field(default="", max_length=120)
    own: bool = Field(default=False, description="the department's own clock alone")


class Receiving(Shape):
    """A message that reaches a process that awaits it 收到消息."""

    name: Key
    data: dict[str, Any] = Field(default_factory=dict)


class Reporting(Shape):
    """What a work outside of this house reported 外部办理回报."""

    work: Key
    gives: dict[str, Any] = Field(default_factory=dict)
    fails: Key | None = None


class StepDefinition(Shape):
    """One step 步骤: when, who, what, and what is expected to be so afterwards."""

    after: After | None = None
    at: (
        Annotated[str, Field(pattern=r"^([01]\d|2[0-3]):[0-5]\d$", description="the time of the day")] | None
    ) = None
    by: Key | None = None
    where: Key | None = Field(default=None, description="at which state, where there are several")
    does: Key | None = Field(default=None, description="an action of a task")
    words: str = Field(default="", max_length=2000)
    given: Answers = Field(default_factory=dict, description="answers to what the action asks")
    asks: list[MissingItem] = Field(default_factory=list, max_length=20)
    supplies: Answers | None = Field(default=None, description="answers that change; `{}` for none")
    suspends: Suspending | None = None
    resumes: Key | None = None
    extends: Literal[True] | None = None
    answers_extension: Literal["granted", "refused"] | None = None
    sends_back: Key | None = None
    takes_back: Literal[True] | None = None
    joins: str | None = Field(default=None, max_length=40)
    leaves: str | None = Field(default=None, max_length=40)
    urges: Literal[True] | None = None
    withdraws: Literal[True] | None = None
    terminates: Literal[True] | None = None
    reopens: Key | None = None
    receives: Receiving | None = None
    reports: Reporting | None = None
    follows: Key | None = Field(
        default=None, description="the item that the house opens now; the journey goes on with its case"
    )
    refused: Words | None = Field(default=None, description="it must be refused with these words")
    expect: Expected = Field(default_factory=Expected)

    @property
    def verb(self) -> str:
        """What is done in this step; empty where only time passes."""
        return next((verb for verb in VERBS if getattr(self, verb) not in (None, [])), "")

    @model_validator(mode="after")
    def _whole(self) -> StepDefinition:
        verbs = [verb for verb in VERBS if getattr(self, verb) not in (None, [])]
        if len(verbs) > 1:
            raise ValueError(_("一步只能做一件事：%(verbs)s") % {"verbs": listed(verbs)})
        if not verbs and self.after is None and self.at is None:
            raise ValueError(_("这一步没有写谁做什么，也没有写过多久"))
        if verbs and self.by is None and verbs[0] not in {"receives", "reports", "follows"}:
            raise ValueError(_("请用 by 写明谁来做"))
        return self


class JourneyDefinition(Shape):
    """A journey 事例: a case's whole life, from the application to what is expected at its end."""

    title: Text
    about: Text | None = None
    item: Key | None = Field(default=None, description="which item, where the pack has several")
    begins: datetime = Field(description="the moment of the application, such as 2026-11-20T09:30")
    people: dict[Key, Somebody] = Field(min_length=1, max_length=40)
    applies: Applying
    steps: list[StepDefinition] = Field(default_factory=list, max_length=100)

    @property
    def onlookers(self) -> list[str]:
        """Staff who do nothing in it, but may be told of something."""
        acting = {self.applies.by, *(step.by for step in self.steps)}
        return [key for key, one in self.people.items() if one.staff and key not in acting]


def moment_after(start: datetime, after: str | None, at: str | None, table: Table) -> datetime:
    """The moment of a step, from that of the step before.

    Raises:
        BeyondCalendar: so many working days ahead nobody knows which days are worked.
    """
    moment = start
    if after is not None:
        found = _AFTER.fullmatch(after)
        assert found is not None  # the shape has seen to it
        amount, unit = int(found[1]), found[2]
        if unit == "working day":
            day = start.date()
            for _each in range(amount):
                day = table.next_work(day + timedelta(days=1))
            moment = start + (day - start.date())
        else:
            moment = start + {
                "day": timedelta(days=amount), "hour": timedelta(hours=amount), "minute": timedelta(minutes=amount)
            }[unit]  # fmt: skip
    if at is not None:
        moment = moment.replace(hour=int(at[:2]), minute=int(at[3:]), second=0, microsecond=0)
    return moment
