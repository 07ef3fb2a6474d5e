"""What a pack says about a recurring payment 发放规则: ``payments/<key>.yaml``."""

from __future__ import annotations

from typing import Annotated, Literal

from django.utils.translation import gettext as _
from pydantic import Field, model_validator

from yizhan.releases.words import Key, Shape, Text

Path = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*)*$", max_length=120)]
Ending = Literal["died", "moved_away"]


class Begins(Shape):
    """Which decision begins it 起发: the outcome of an item, and from which month on."""

    item: Key
    outcome: Key = "granted"
    month: Literal["same", "next"] = "next"


class Asked(Shape):
    """A fact of the register that the table asks for 核定要素."""

    name: Key
    fact: Annotated[str, Field(pattern=r"^[a-z_]+\.[a-z_]+$")]


class Amount(Shape):
    """How a month's amount is found 核定标准: by a decision table, anew for every month; or as the decision fixed it.

    ``on`` is the day of the month for which the register is asked. With ``last_day`` whoever reaches a higher
    age band within a month gets its rate for that month already, with ``first_day`` from the next one on.
    """

    term: Key | None = Field(
        default=None, description="the term of the decision that says the amount of a month"
    )
    table: Key | None = None
    output: Key | None = None
    inputs: list[Asked] = Field(default_factory=list, max_length=40)
    on: Literal["first_day", "last_day"] = "last_day"

    @model_validator(mode="after")
    def _one_origin(self) -> Amount:
        by_table = bool(self.table and self.output and self.inputs)
        any_of_it = bool(self.table or self.output or self.inputs)
        if by_table == (self.term is not None) or (any_of_it and not by_table):
            raise ValueError(_("核定标准须写决策表（table、output、inputs），或决定内容（term），只写一种"))
        return self


class AccountPaths(Shape):
    """Which answers of the form say where the money goes 收款账户."""

    holder: Path
    bank: Path
    number: Path


class PayDay(Shape):
    """On which day of the month it is paid 发放日; on a rest day the working day before or after."""

    day: int = Field(ge=1, le=28)
    on_rest_day: Literal["before", "after"] = "before"


class PaymentDefinition(Shape):
    """A recurring payment 按月发放的待遇.

    Attributes:
        prepared_days: so many days before a month begins its list is made.
        arrears: whether a month whose list was closed before the decision is made up for in the next list
            补发; otherwise payment begins with the first list still open.
        ends: what ends it; the month in which it happens is still paid.
        payer: the role that closes and exports lists, ``pack.role``.
        rechecked_by: an item that looks at it again: the same outcome as began it goes on with what was now decided,
            from the next month; any other decision ends it with the month in which it was made.
    """

    key: Key
    title: Text
    begins: Begins
    amount: Amount
    account: AccountPaths
    pay_day: PayDay
    prepared_days: int = Field(ge=0, le=28)
    arrears: bool
    ends: list[Ending]
    rechecked_by: Key | None = None
    payer: Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*\.[a-z][a-z0-9_]*$", max_length=80)]
