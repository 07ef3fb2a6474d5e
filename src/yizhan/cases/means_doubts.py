"""What is doubtful about a household or one of its members 疑点: in words for the officials who look into it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from yizhan.registry.facts import Fact
from yizhan.registry.means import Means
from yizhan.releases.words import Text
from yizhan.workflow.tables.decision import Askable

UNKNOWN = Text(
    zh="人口库查不到姓名和证件号码都相符的人员，未能核对",
    en="the register knows nobody of this name and number; not checked",
)
_DEAD = Text(zh="人口库记载已去世，不计入保障人口", en="dead according to the register; not counted")
_ELSEWHERE = Text(zh="户籍不在本区，需核实", en="registered outside the district; to be verified")
_LEFT = Text(
    zh="已不在同一户口簿，需核实是否共同生活",
    en="no longer in the household book; does this person still live there?",
)
TWICE = Text(zh="重复填写的成员，只计算一次", en="entered twice; counted once")
_CLAIMED = Text(
    zh="已是本事项另一办件（{}）的家庭成员，需核实是否重复保障",
    en="a member of the family in another case of this kind ({}); would the allowance be paid twice?",
)
_JOINED = Text(zh="户口簿内另有未申报的成员：{}", en="others stand in the household book: {}")


def of_household(names: Sequence[str]) -> list[Text]:
    """Others stand in the household book, by name, and were not declared."""
    return [_naming(_JOINED, names)] if names else []


def of_member(known: Mapping[str, Fact], *, left: bool, claimed: Sequence[str]) -> Iterator[Text]:
    """What the registers make doubtful about a member.

    Args:
        known: what the register says of the person.
        left: the person stood in the household book and does no longer.
        claimed: numbers of other cases in which the person is a member of the family.
    """
    if known["person.alive"].value is False:
        yield _DEAD
    elif left:
        yield _LEFT
    if known["household.registered_in_district"].value is False:
        yield _ELSEWHERE
    if claimed:
        yield _naming(_CLAIMED, claimed)


def of_property(table: Askable, records: Iterable[Means]) -> Iterator[Text]:
    """What the pack's table says of each record, such as that a vehicle is to be looked into."""
    for record in records:
        decided = table.decide({"kind": record.kind, "amount": record.amount})
        for hit in decided.hits if decided.decided else ():
            if hit.outputs.get("doubt") is not True:
                continue
            words = f"（{record.detail}）" if record.detail else ""
            aside = f" ({record.detail})" if record.detail else ""
            yield Text(zh=hit.because.zh + words, en=hit.because.en + aside)


def _naming(words: Text, names: Sequence[str]) -> Text:
    """Words with names put in, in a row as each language has it."""
    return Text(zh=words.zh.format("、".join(names)), en=words.en.format(", ".join(names)))
