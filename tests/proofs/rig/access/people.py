"""The subjects of the proof 被查对象: persons and companies whose every field holds a value of its own.

What is masked and what is open of a person is written here by hand, after the register's guide and decision 0020; it
is not asked of the catalogue, which is what is proved.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from random import Random
from typing import Any

from tests.proofs.rig.access.canaries import Canary, day, text

HERE, NEXT_DOOR, ELSEWHERE = "440104003104", "440104003107", "440104005"
"""A committee, another of the same sub-district, and the beginning of another sub-district."""

SURNAMES = "鄢逄仉郗竺茹昝亓靳宓牟佘"
GIVEN = ("翀骞", "珩瑄", "赟祎", "旻翥", "晔琰", "崟韫", "瓒淼", "翯昕", "筠翦", "璩缃", "砺嵘", "霁岚")

# Fields of the particulars that every post is shown that may see the person and the category.
OPEN = {
    "native_place": "identity", "birthplace": "identity", "police_station": "household", "moved_in_from": "household",
    "school": "education", "major": "education",
}  # fmt: skip
OPEN_DAYS = {
    "graduated_on": "education",
    "employed_since": "employment",
    "residence_permit_until": "floating",
}
# Those that stay masked until their category is opened: texts, numbers, days.
CLOSED = {
    "photo": "identity", "spouse_name": "marriage", "marriage_authority": "marriage", "employer": "employment",
    "position": "employment", "family_doctor": "health",
}  # fmt: skip
CLOSED_NUMBERS = {
    "spouse_number": "marriage", "marriage_certificate": "marriage", "birth_certificate": "birth",
    "birth_registration": "birth", "only_child_certificate": "birth", "unemployment_certificate": "employment",
    "insurance_number": "insurance", "assistance_certificate": "assistance", "disability_certificate": "health",
    "veteran_certificate": "political", "residence_permit": "floating",
}  # fmt: skip
CLOSED_DAYS = {
    "married_on": "marriage", "last_birth_on": "birth", "birth_registered_on": "birth",
    "only_child_certified_on": "birth", "assistance_since": "assistance", "assistance_until": "assistance",
    "temporary_aid_on": "assistance", "joined_party_on": "political",
}  # fmt: skip
# What happened to everybody, each on a day of its own, with the category it is seen with.
HAPPENED = {"marriage": "marriage", "renamed": "identity", "moved": "residence"}
NO_PLANT = {"employer_uscc"}
"""A code of a company would be taken for one of ours."""


@dataclass
class Subject:
    """A person to be planted: where registered and living; ``as_of_person`` are the columns, ``particulars`` beside."""

    name: str
    number: int
    registered: str
    living: str
    age: int = 45
    household: str = ""
    columns: dict[str, Any] = field(default_factory=dict)
    particulars: dict[str, Any] = field(default_factory=dict)
    happened: dict[str, date] = field(default_factory=dict)
    days: set[date] = field(default_factory=set)
    canaries: list[Canary] = field(default_factory=list)


def subjects(dice: Random, elsewhere: str) -> dict[str, Subject]:
    """Whom the proof is about; ``elsewhere`` is a committee of another sub-district."""
    told = (
        ("self", HERE, HERE, 45),
        ("relative", elsewhere, elsewhere, 43),
        ("inside", HERE, HERE, 51),
        ("outside", elsewhere, elsewhere, 52),
        ("neighbour", NEXT_DOOR, NEXT_DOOR, 38),
        ("cased", elsewhere, elsewhere, 78),
        ("cased_kin", NEXT_DOOR, NEXT_DOOR, 76),
        ("protected", HERE, HERE, 33),
        ("dead", HERE, HERE, 66),
        ("moved", HERE, HERE, 29),
        ("colleague", elsewhere, elsewhere, 35),
        ("agent", elsewhere, elsewhere, 34),
    )
    made = {}
    for number, (name, registered, living, age) in enumerate(told):
        one = Subject(name, number, registered, living, age, household=f"账{number:02d}")
        _plant(dice, one)
        made[name] = one
    for name, other in (("self", "relative"), ("cased", "cased_kin")):
        made[other].household = made[name].household
        made[other].canaries = [one for one in made[other].canaries if one.field != "book_number"]
        made[name].canaries = [
            replace(one, shared=(other,)) if one.field == "book_number" else one
            for one in made[name].canaries
        ]
    return made


def _plant(dice: Random, one: Subject) -> None:
    def digits(many: int) -> str:
        return "".join(dice.choice("0123456789") for _ in range(many))

    def put(column: str, value: Any, kind: str, into: dict[str, Any]) -> None:
        into[column] = value
        planted = day if isinstance(value, date) else text
        one.canaries.append(planted(one.name, column, kind, value))

    tag = f"{one.number:02d}"
    name = SURNAMES[one.number] + GIVEN[one.number]
    put("name", name, "name", one.columns)
    one.canaries.append(text(one.name, "name masked", "initial", f"{name[0]}＊＊"))
    former = name[0] + GIVEN[-1 - one.number][::-1]
    put("former_name", former, "name", one.columns)
    phone = f"17{tag}{digits(7)}"
    put("phone", phone, "closed:residence", one.columns)
    one.canaries.append(text(one.name, "phone masked", "masked:residence", f"{phone[:3]}****{phone[-4:]}"))
    book = f"98{tag}{digits(10)}"
    one.household = book
    one.canaries.append(text(one.name, "book_number", "closed:household", book))
    for number, (column, category) in enumerate(OPEN.items()):
        put(column, f"示例{tag}{'甲乙丙丁戊己'[number]}{digits(6)}", f"open:{category}", one.particulars)
    for number, (column, category) in enumerate(CLOSED.items()):
        put(column, f"示例处{tag}{number}{digits(7)}", f"closed:{category}", one.particulars)
    for column, category in CLOSED_NUMBERS.items():
        put(column, f"77{tag}{digits(12)}", f"closed:{category}", one.particulars)
    for column, category in OPEN_DAYS.items():
        put(column, _day(dice, one), f"open:{category}", one.particulars)
    for column, category in CLOSED_DAYS.items():
        put(column, _day(dice, one), f"closed:{category}", one.particulars)
    one.particulars["pension_months"] = 100 + one.number
    for kind, category in HAPPENED.items():
        one.happened[kind] = _day(dice, one)
        one.canaries.append(day(one.name, f"event {kind}", f"open:{category}", one.happened[kind]))


def _day(dice: Random, one: Subject) -> date:
    """A day of a year that nothing else in the district is of, another for each subject and each field of hers."""
    began = date(1900 + 2 * one.number, 1, 1)
    found = began + timedelta(days=dice.randrange(720))
    while found in one.days:
        found = began + timedelta(days=dice.randrange(720))
    one.days.add(found)
    return found


@dataclass
class Firm:
    """A company to be planted; ``division`` is where its seat lies."""

    name: str
    number: int
    division: str
    columns: dict[str, Any] = field(default_factory=dict)
    canaries: list[Canary] = field(default_factory=list)


def firms(dice: Random, elsewhere: str) -> dict[str, Firm]:
    """The companies: the resident's own, the agent's, one in the area, one outside, one struck off."""
    made = {}
    for number, (name, division) in enumerate(
        (("firm_own", elsewhere), ("firm_agent", elsewhere), ("firm_here", HERE), ("firm_there", elsewhere),
         ("firm_gone", elsewhere))
    ):  # fmt: skip
        one = Firm(name, number, division)

        def put(column: str, value: str, kind: str, one: Firm = one) -> None:
            one.columns[column] = value
            one.canaries.append(text(one.name, column, kind, value))

        tag = f"{number:02d}{dice.randrange(10**6):06d}"
        put("name", f"示例{SURNAMES[number]}{GIVEN[number][::-1]}食品有限公司", "listed")
        put("business_scope", f"示例经营{tag}", "public")
        put("address", f"示例大道{tag}号", "place")
        put("phone", f"186{number}{dice.randrange(10**7):07d}", "protected")
        put("shareholder", f"示例投资{tag}中心", "public")
        put("licence", f"JY66{tag}99", "licence")
        put("decision", f"示例罚〔2026〕{tag}", "public")
        put("secret_decision", f"示例内〔2026〕{tag}", "protected")
        made[name] = one
    return made
