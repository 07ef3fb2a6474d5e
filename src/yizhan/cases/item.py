"""What a pack says about an item 事项: the national element blocks of a service guide.

Structure after the national synchronisation model of service items (GB/T 39554.2 elements); amounts,
limits and bases are the pack's, each with its source.
"""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal, get_args

from django.utils.translation import gettext as _
from pydantic import Field, model_validator

from yizhan.cases.item_limits import Limit, Limits
from yizhan.cases.item_materials import Material
from yizhan.releases.words import Basis, Key, Shape, Text
from yizhan.workflow.processes.parts import RoleName

__all__ = ["ItemDefinition", "Limit", "Limits", "Material"]

ItemType = Literal[
    "licence", "penalty", "coercion", "levy", "payment", "inspection",
    "confirmation", "reward", "adjudication", "other_power", "public_service",
]  # fmt: skip


class Place(Shape):
    """Where it can be done in person 办理窗口."""

    title: Text
    address: Text
    hours: Text
    phone: str = ""


class Question(Shape):
    """A frequent question 常见问题."""

    ask: Text
    answer: Text


class Fee(Shape):
    """Whether it costs anything 收费."""

    charged: bool = False
    standard: Text | None = None
    basis: Basis | None = None

    @model_validator(mode="after")
    def _charged_with_basis(self) -> Fee:
        if self.charged and not (self.standard and self.basis):
            raise ValueError(_("收费须写明标准（standard）和依据（basis）"))
        return self


class Handling(Shape):
    """How it is handled 办理."""

    process: Key
    form: Key
    case_type: Literal["immediate", "promised"] = "promised"
    ways: list[Literal["online", "window", "express", "house"]] = Field(
        min_length=1, description="house: nobody applies, the house opens it by itself"
    )
    visits: int = Field(ge=0, le=10)
    visits_because: Text | None = None
    coordinator: RoleName | None = Field(
        default=None,
        description="who adds and withdraws departments, urges, and ends a case; at the item's unit",
    )
    reopens: RoleName | None = Field(default=None, description="who lets a case go on after its end")

    @model_validator(mode="after")
    def _visits_have_reasons(self) -> Handling:
        if self.visits and self.visits_because is None:
            raise ValueError(_("需要到场的，须写明原因（visits_because）"))
        if not self.visits and self.visits_because is not None:
            raise ValueError(_("不需要到场，请删去 visits_because"))
        return self


class Result(Shape):
    """What the applicant gets 办理结果."""

    kind: Literal["licence", "document", "money", "other"]
    title: Text


class FollowUp(Shape):
    """Another item that the house opens by itself some months after a case has ended so 到期自动立案."""

    item: Key
    outcomes: list[Key] = Field(min_length=1, max_length=20)
    months: int = Field(ge=1, le=120)


class Contact(Shape):
    """Where to ask and to complain 咨询与监督."""

    consulting: str
    complaint: str = "12345"


class Remedies(Shape):
    """Administrative review and litigation 救济途径."""

    review: Text
    litigation: Text


PaperUse = Literal[
    "receipt", "acceptance", "supplement", "not_accepted", "granted", "refused", "withdrawn", "terminated",
    "reopened", "suspended", "hearing", "extended", "delivery",
]  # fmt: skip


class Papers(Shape):
    """Which templates of the pack are used when 文书; for what is left out the standard ones of the district are."""

    language: Literal["zh", "both"] = Field(
        default="zh", description="both: the English beneath the Chinese, which is authoritative"
    )
    receipt: Key | None = None
    acceptance: Key | None = None
    supplement: Key | None = None
    not_accepted: Key | None = None
    granted: Key | None = None
    refused: Key | None = None
    withdrawn: Key | None = None
    terminated: Key | None = None
    reopened: Key | None = None
    suspended: Key | None = Field(default=None, description="tells why limits stand still, and until when")
    hearing: Key | None = Field(default=None, description="the same where a hearing is what is waited for")
    extended: Key | None = Field(default=None, description="tells why limits are longer, and until when")
    delivery: Key | None = Field(default=None, description="records that papers were delivered")
    without: list[PaperUse] = Field(
        default_factory=list, description="for these no paper is issued, not even the standard one"
    )

    @model_validator(mode="after")
    def _either_with_or_without(self) -> Papers:
        for use in self.without:
            if getattr(self, use) is not None:
                raise ValueError(_("%(use)s 已写了文书，不能又列入 without") % {"use": use})
        return self

    @property
    def own(self) -> dict[str, str]:
        """The templates of the pack by their use, where it has one."""
        found = {use: getattr(self, use) for use in get_args(PaperUse)}
        return {use: key for use, key in found.items() if key is not None}


class Part(Shape):
    """What a department that takes part is shown 部门所见: pages and materials that are named for departments.

    What is named for none is common to all. The unit that answers for the item, the window that took the application
    in, and departments for which nothing is said see the whole.
    """

    unit: str
    pages: list[Key] = Field(default_factory=list, max_length=60)
    materials: list[Key] = Field(default_factory=list, max_length=60)


class Input(Shape):
    """A value that conditions and decision tables may use 判断要素: of the register or of the form."""

    name: Key
    fact: Annotated[str, Field(pattern=r"^[a-z_]+(\.[a-z_]+){1,3}$")] | None = None
    path: Annotated[str, Field(pattern=r"^[a-z_]+(\.[a-z_]+)*$")] | None = None

    @model_validator(mode="after")
    def _one_origin(self) -> Input:
        if (self.fact is None) == (self.path is None):
            raise ValueError(_("判断要素须且只须写一个来源：人口库（fact）或表单（path）"))
        return self


class Term(Shape):
    """Something a positive decision fixes 决定内容, such as an amount.

    A decision table gives it when it is decided; or the process did so before, and ``left`` says which of its states.
    """

    name: Key
    title: Text
    table: Key | None = None
    output: Key | None = None
    left: Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*\.[a-z][a-z0-9_]*$")] | None = Field(
        default=None, description="state.value, as an earlier state of the process left it"
    )

    @model_validator(mode="after")
    def _one_origin(self) -> Term:
        given = (self.table is not None, self.output is not None)
        if given not in {(True, True), (False, False)} or given[0] == (self.left is not None):
            raise ValueError(
                _("决定内容须写决策表和结果列（table、output），或流程中留下的值（left），只写一种")
            )
        return self


class ItemDefinition(Shape):
    """A service item 事项."""

    code: Key
    basic_code: Annotated[str, Field(pattern=r"^[0-9]{12}$")] | None = None
    version: str = "1"
    title: Text
    short_title: Text | None = None
    summary: Text
    icon: Annotated[str, Field(pattern=r"^[a-z0-9-]+$")] = "file-text"
    type: ItemType
    level: Literal[1, 2, 3, 4, 5, 6] = 4
    at_a_time: Literal["any", "one"] = Field(
        default="any",
        description="one: none is taken in while another of the same person is open or in force",
    )
    unit: str
    objects: list[Literal["person", "entity"]] = Field(min_length=1)
    basis: list[Basis] = Field(min_length=1)
    conditions: list[Text] = Field(min_length=1)
    limits: Limits
    materials: list[Material] = Field(default_factory=list)
    scenario: Key | None = Field(
        default=None, description="the section of the form that asks for the scenario; open to everybody"
    )
    handling: Handling
    parts: list[Part] = Field(default_factory=list, max_length=60)
    fee: Fee = Fee()
    result: Result
    inputs: list[Input] = Field(default_factory=list)
    terms: list[Term] = Field(default_factory=list)
    papers: Papers = Papers()
    mark: Annotated[str, Field(pattern=r"^[^\s{}〔〕/]{1,20}$")] | None = Field(
        default=None, description="of office and matter, at the head of the numbers of standard papers"
    )
    follow_ups: list[FollowUp] = Field(default_factory=list, max_length=10)
    places: list[Place] = Field(default_factory=list)
    contact: Contact
    remedies: Remedies
    questions: list[Question] = Field(default_factory=list)
    themes: list[Text] = Field(default_factory=list)
    keywords: list[str] = Field(default_factory=list, description="words people use for it")
    valid_from: date | None = None

    @model_validator(mode="after")
    def _posting_or_online(self) -> ItemDefinition:
        if "house" in self.handling.ways and len(self.handling.ways) > 1:
            raise ValueError(_("依职权办理（house）的，不能同时写其他办理形式"))
        if not self.handling.visits and not {"online", "express", "house"} & set(self.handling.ways):
            raise ValueError(_("不需要到场的，须能网上办理（online）或寄递（express）"))
        return self

    @property
    def verified(self) -> bool:
        """Whether every legal basis was read at its source."""
        limits = (self.limits.statutory.basis, self.limits.promised.basis)
        return all(basis.verified for basis in (*self.basis, *(b for b in limits if b)))
