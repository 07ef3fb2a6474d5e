"""What a journey expects after a step 预期: only what is written is looked at."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, Literal

from pydantic import Field

from yizhan.releases.words import Key, Shape

Month = Annotated[str, Field(pattern=r"^\d{4}-(0[1-9]|1[0-2])$")]
UnitCode = Annotated[str, Field(min_length=1, max_length=40)]


class ExpectedTask(Shape):
    """A task that must be there 待办: at which state, of whom, until when."""

    at: Key
    of: UnitCode | None = Field(default=None, description="`applicant`, or a unit's code; none: whoever")
    due: date | None = Field(
        default=None, description="the last day; of a limit in hours, the day of its end"
    )
    held: bool = Field(default=False, description="it waits for an answer")


class ExpectedPayment(Shape):
    """What is paid month after month 发放."""

    benefit: Key | None = None
    since: Month
    monthly: float


class ExpectedCard(Shape):
    """A card that has fallen 亮牌."""

    colour: Literal["blue", "yellow", "red"]
    of: Key = Field(description="the clock: `acceptance`, `promised`, `statutory`, `internal` …")


class Expected(Shape):
    """What must be so after a step; lists are the whole of what is there 预期.

    Messages, papers and cards are those since the step before.
    """

    status: Literal["received", "correcting", "accepted", "decided", "closed"] | None = None
    outcome: Key | None = None
    stands: list[Key] | None = Field(default=None, description="the states where the case stands")
    tasks: list[ExpectedTask] | None = Field(default=None, description="all tasks that are open or held")
    due: dict[Key, date | Literal["suspended", "stopped"]] = Field(
        default_factory=dict, description="last days by clock"
    )
    rows: dict[Annotated[str, Field(max_length=120)], list[Annotated[str, Field(max_length=60)]]] = Field(
        default_factory=dict, description="rules that held, by table, when it was asked last"
    )
    terms: dict[Key, Any] = Field(default_factory=dict, description="what the decision fixes")
    data: dict[Annotated[str, Field(max_length=120)], Any] = Field(
        default_factory=dict, description="what steps left behind, such as `reviews.outcome`"
    )
    papers: list[Key] | None = None
    messages: list[Key] | None = None
    told: list[Key] | None = Field(default=None, description="messages to officials, each once")
    cards: list[ExpectedCard] | None = None
    licences: list[Key] | None = Field(default=None, description="kinds in force")
    facts: dict[Annotated[str, Field(max_length=120)], Any] = Field(
        default_factory=dict, description="what the registers say"
    )
    payment: ExpectedPayment | Literal["none"] | None = None
