"""What was typed of a new person, read and doubted 新登记核对."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from yizhan import clock
from yizhan.codes import identity_number
from yizhan.codes.identity_number import IdentityNumber, Kind
from yizhan.identity.directory import cells
from yizhan.identity.directory.cells import CellRefused
from yizhan.registry import finding
from yizhan.registry.by_hand import ByHand
from yizhan.registry.faults import Refused
from yizhan.registry.finding import Candidate
from yizhan.registry.places import Reader
from yizhan.registry.purposes import Reason
from yizhan.registry.registration import Registration


@dataclass(frozen=True)
class Doubts:
    """What somebody should look at before the person is entered, and who bears the number already."""

    words: tuple[str, ...] = ()
    known: tuple[Candidate, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.words or self.known)


@dataclass
class Typed:
    """The entry, or what is wrong by the names of fields."""

    entry: Registration | None = None
    number: IdentityNumber | None = None
    errors: dict[str, str] = field(default_factory=dict)

    def doubts(self, how: ByHand) -> Doubts:
        """What the number says, and who bears it in the actor's areas: a search, counted and logged.

        Raises:
            Refused: the day's look-ups are used up.
        """
        if self.entry is None or self.number is None or not self.number.number:
            return Doubts((_("没有填写证件号码，以后只能按姓名和地址查到此人。"),))
        known = finding.bearing(self.number.number, purpose=Reason(how.because))
        return Doubts(tuple(_of_number(self.number, self.entry)), tuple(known))


def read(sent: Mapping[str, str]) -> Typed:
    """What was typed; birthday and sex follow from the number where they were left out."""
    typed = Typed(number=identity_number.read(sent.get("id_number", "")))
    number = typed.number
    assert number is not None  # it was read just now
    try:
        born = cells.day(sent.get("born", "").strip())
    except CellRefused as refused:
        typed.errors["born"] = str(refused.words)
        born = None
    if not sent.get("name", "").strip():
        typed.errors["name"] = _("姓名为空，未作登记，请填写姓名。")
    try:
        home = Reader().read(sent.get("division", ""), sent.get("address", ""))
    except Refused as refused:
        typed.errors["division" if not sent.get("division") else "address"] = str(refused)
    if typed.errors:
        return typed
    try:
        typed.entry = Registration(
            source_record=f"hand:{sent.get('command', '')}"[:80],
            as_of=clock.today(),
            name=sent.get("name", "").strip(),
            sex=sent.get("sex") or (number.sex.value if number.sex else "0"),
            born_on=born or number.born,
            ethnic_group=sent.get("ethnic_group", ""),
            id_number=number.number,
            phone=sent.get("phone", "").strip(),
            book_number=sent.get("book_number", "").strip(),
            relation=sent.get("relation", ""),
            registered=home,
            living=home,
        )
    except Refused as refused:
        typed.errors["name"] = str(refused)
    return typed


def _of_number(number: IdentityNumber, entry: Registration) -> list[str]:
    """What is doubtful about the number itself; it is kept and marked, whatever is said."""
    said = [one.words for one in number.faults]
    if said:
        said.append(_("仍可登记，号码照录并标记为未通过校验。"))
    if number.kind is Kind.RESIDENCE_PERMIT:
        said.append(_("号码以 81、82 或 83 开头，是港澳台居民居住证的号码，请对照证件核对。"))
    if number.kind is Kind.FOREIGNER:
        said.append(_("这是外国人永久居留身份证的号码，请对照证件核对。"))
    if number.born and entry.born_on and number.born != entry.born_on:
        said.append(_("填写的出生日期与号码中的不一致。"))
    if number.sex and entry.sex in ("1", "2") and number.sex.value != entry.sex:
        said.append(_("选择的性别与号码中的不一致。"))
    return said
