"""What the companies of the demo want to open 餐饮店演示故事: which situation, how long ago, and how far it came."""

from __future__ import annotations

from dataclasses import dataclass, field

FOOD, FIRE, FUMES, SIGN, LEAD = "440104-scj-2", "440104-xfd", "440104-sth", "440104-cgj", "440104-scj"


@dataclass(frozen=True)
class Act:
    """What somebody of a unit does with its task, on the working day after the act before; ``same_day`` on that day."""

    unit: str
    action: str
    words: str = ""
    same_day: bool = False
    given: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Opening:
    """A company that wants to open a restaurant: who, what, since how many working days, and what followed."""

    company: str
    owner: str
    age: int
    shop: str
    dishes: str
    days_ago: int
    area: int
    cooking: str = "steamed"
    dine_in: bool = True
    sign: bool = False
    renovation: bool = False
    acts: tuple[Act, ...] = ()


_ACCEPT = Act(LEAD, "accept")
OPENINGS = (
    Opening(
        "示例珠江面馆餐饮有限公司", "谭仲良", 46, "珠江面馆", "云吞面、牛腩面、粥品", 16, 90, "steamed", sign=True,
        acts=(
            _ACCEPT,
            Act(FOOD, "agree", "布局、流程和设施符合要求。"),
            Act(SIGN, "agree", "招牌位置、尺寸符合街道风貌要求。", same_day=True),
            Act(LEAD, "grant", "各部门审查意见一致，符合开办条件。"),
        ),
    ),
    Opening(
        "示例西濠大酒楼有限公司", "区永昌", 58, "西濠酒楼", "粤菜、早茶、宴席", 13, 680, "fumes", renovation=False,
        acts=(
            _ACCEPT,
            Act(FOOD, "agree", "食品处理区布局符合要求。"),
            Act(FUMES, "agree", "油烟净化设备和排放口位置符合要求。", same_day=True),
            Act(FIRE, "inspect", "面积较大，需现场核查疏散条件。"),
            Act(FIRE, "record", given={"inspected_on": "", "findings": "二层北侧安全出口被隔断封堵，疏散宽度不足。"}),
            Act(FIRE, "fail", "二层北侧安全出口被封堵，不符合消防安全要求。", same_day=True),
            Act(LEAD, "refuse", "消防核查认为，二层北侧安全出口被封堵、疏散宽度不足，不符合要求。恢复出口后可重新申请。"),
        ),
    ),
    Opening(
        "示例东湖咖啡有限公司", "甘雪莹", 29, "东湖边咖啡", "咖啡、面包、轻食", 4, 60, "cold", sign=True,
        acts=(
            _ACCEPT,
            Act(FOOD, "agree", "冷食制作间和洗手设施符合要求。"),
            Act(SIGN, "agree", "同意设置。"),
        ),
    ),
    Opening(
        "示例禺山小厨餐饮有限公司", "黎兆辉", 41, "禺山小厨", "小炒、煲仔饭", 5, 320, "fumes", sign=True,
        acts=(
            _ACCEPT,
            Act(FOOD, "agree", "厨房布局和餐具消毒设施符合要求。"),
            Act(FIRE, "inspect", "营业面积 320 平方米，需现场核查。", same_day=True),
        ),
    ),
    Opening(
        "示例惠福烧腊餐饮有限公司", "冼金明", 50, "惠福烧腊", "烧鹅、叉烧、烧肉", 4, 70, "fumes", dine_in=False,
        acts=(
            _ACCEPT,
            Act(FOOD, "agree", "烧腊制作间设置符合要求。"),
            Act(FUMES, "supplement", "请写明油烟排放口与最近住宅窗户的距离，并附净化设备的检验报告。", same_day=True),
        ),
    ),
    Opening("示例大塘糖水餐饮有限公司", "伍嘉欣", 33, "大塘糖水铺", "糖水、双皮奶、小吃", 1, 45, "steamed", sign=True),
)  # fmt: skip
