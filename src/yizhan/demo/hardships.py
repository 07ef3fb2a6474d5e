"""Families in hardship 困难家庭演示故事: who lives together, what is recorded, how long ago they came, how far it went."""

from __future__ import annotations

from dataclasses import dataclass, field

HEAD, SPOUSE, SON, DAUGHTER, PARENT, IN_LAW = "02", "12", "20", "30", "51", "57"  # GB/T 4761


@dataclass(frozen=True)
class Relative:
    """One of a family: relation to its head, and what is so of them."""

    name: str
    age: int
    woman: bool
    relation: str
    condition: str = "none"
    income: int = 0
    """Yuan a month by own account."""
    recorded: int | None = None
    """Yuan a month by the tax bureau; None where it has no record."""
    came_from: str = ""


@dataclass(frozen=True)
class Act:
    """What happens to the case, so many working days after the act before; ``notice`` acts are a neighbour's."""

    action: str
    days: int = 0
    words: str = ""
    given: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Family:
    """A family that applied so many working days ago; ``persona`` where its head is somebody one can be."""

    head: Relative
    others: tuple[Relative, ...]
    committee: str
    cause: str
    days_ago: int | None = None
    """None: it has not applied yet."""
    acts: tuple[Act, ...] = ()
    persona: str = ""


def _visited(findings: str, met: str = "agrees") -> dict[str, str]:
    return {"visited_on": "", "visitors": "何志强、社区网格员", "met": met, "findings": findings}


_ACCEPT = Act("accept", 0)
OBJECTION = "这家的儿子每天开一辆白色小汽车上班，晚上停在我们小区，不像生活困难。"

FAMILIES = (
    Family(
        Relative("岑月婵", 39, True, HEAD, came_from="失业"),
        (Relative("马俊熙", 11, False, SON), Relative("卢惠珍", 68, True, IN_LAW, income=900, came_from="养老金")),
        "120", "unemployment", persona="asks",
    ),
    Family(
        Relative("温素琴", 42, True, HEAD, income=1200, recorded=1200, came_from="钟点工"),
        (Relative("温嘉朗", 12, False, SON), Relative("区美好", 73, True, PARENT, income=300, came_from="养老金")),
        "107", "unemployment", 9,
        (
            _ACCEPT,
            Act("record", 3, given=_visited("租住一房一厅，约 30 平方米，家具陈旧，无大额电器。母亲长期患病在家。")),
            Act("agree", 2, "人口、收入核对相符，生活确有困难，拟同意。"),
        ),
        persona="shown",
    ),
    Family(
        Relative("谭国雄", 61, False, HEAD, condition="illness"),
        (Relative("何燕芬", 58, True, SPOUSE, income=1500, recorded=1500, came_from="清洁工"),
         Relative("谭子豪", 27, False, SON, income=1000, came_from="临时工")),
        "111", "illness", 11,
        (
            _ACCEPT,
            Act("record", 3, given=_visited("自住旧楼房 45 平方米，户主术后在家休养，药费支出较大。")),
            Act("agree", 2, "收入核对相符，因病支出较大，拟同意。"),
            Act("object", 3, OBJECTION),
        ),
    ),
    Family(
        Relative("莫少芳", 35, True, HEAD, income=1000, recorded=1000, came_from="手工活"),
        (Relative("莫晓彤", 8, True, DAUGHTER, condition="severe"),),
        "108", "disability", 17,
        (
            _ACCEPT,
            Act("record", 2, given=_visited("母女二人租住公租房，女儿需长期康复训练，母亲无法全日工作。")),
            Act("agree", 2, "情况属实，拟同意。"),
        ),
    ),
    Family(
        Relative("邝志明", 57, False, HEAD, condition="severe"),
        (Relative("蔡丽娟", 54, True, SPOUSE, income=1100, recorded=1100, came_from="家政"),
         Relative("邝思敏", 16, True, DAUGHTER)),
        "110", "disability", 48,
        (
            _ACCEPT,
            Act("record", 2, given=_visited("自住老城区平房，户主一级肢体残疾，由妻子照料。")),
            Act("agree", 2, "情况属实，拟同意。"),
            Act("grant", 7, "公示无异议，符合条件，予以确认。"),
        ),
        persona="granted",
    ),
    Family(
        Relative("骆惠兰", 63, True, HEAD, income=700, came_from="养老金"),
        (Relative("骆子谦", 15, False, "40"),),
        "119", "other", 266,
        (
            _ACCEPT,
            Act("record", 2, given=_visited("祖孙二人自住旧公房，孙子父母已故，靠老人养老金生活。")),
            Act("agree", 2, "情况属实，拟同意。"),
            Act("grant", 7, "公示无异议，符合条件，予以确认。"),
        ),
    ),
    Family(
        Relative("冼志强", 46, False, HEAD, income=1800, recorded=4300, came_from="送货"),
        (Relative("罗少萍", 44, True, SPOUSE, income=1500, recorded=1500, came_from="超市理货"),),
        "113", "other", 15,
        (
            _ACCEPT,
            Act("record", 3, given=_visited("租住两房一厅，家电齐全，夫妻二人均有工作。")),
            Act("disagree", 2, "核对记载的家庭人均收入高于保障标准，申报与记载不一致，拟不同意。"),
            Act("refuse", 2, "经核对，您家庭人均月收入 2900 元，高于保障标准每人每月 1238 元。"),
        ),
    ),
    Family(
        Relative("叶秀兰", 66, True, HEAD, income=800, came_from="养老金"),
        (Relative("叶永康", 40, False, SON, condition="severe"),),
        "117", "disability", 4, (_ACCEPT,),
    ),
    Family(
        Relative("梁绍基", 52, False, HEAD),
        (Relative("梁倩雯", 18, True, DAUGHTER),),
        "104", "schooling", 1,
    ),
)  # fmt: skip
