"""What the demo tells 演示故事: who applied how long ago, how far staff came, and what people said about it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Opinion:
    """What somebody says in the evening, so many working days after the application, and what follows.

    ``verified`` and ``answered`` are working days from the rating, None for what was not done.
    """

    after: int
    grade: int
    remarks: tuple[str, ...] = ()
    words: str = ""
    verified: int | None = None
    answered: int | None = None


@dataclass(frozen=True)
class Story:
    """How far a case goes: so many working days ago it came in, what staff did, and the rating if one came."""

    days_ago: int
    doubtful: bool
    steps: tuple[str, ...] = ()
    opinion: Opinion | None = None


def _at_once(days_ago: int, *opinion: object, **more: int) -> Story:
    """Granted on the spot; rated if there is an opinion."""
    return Story(days_ago, False, (), Opinion(*opinion, **more) if opinion else None)  # type: ignore[arg-type]  # as below


STORIES = (
    _at_once(24, 1, 5, ("fast", "easy"), "没想到当场就办好了，不用跑窗口。"),
    _at_once(22, 0, 4, ("clear",)),
    _at_once(20, 1, 2, ("hard",), "字太小，银行账号输了三次才成功。", verified=1, answered=6),
    _at_once(17, 0, 1, ("unclear", "hard"), "不知道开户银行要写到支行，子女不在家没人帮忙。", verified=1),
    _at_once(15, 2, 5, ("fast",)),
    _at_once(12, 1, 2, ("more_papers",), "问了要不要户口簿，几个人说法不一样。", verified=1),
    _at_once(9, 0, 5, ("kind", "one_visit"), "社区的同志教会了我用手机办。"),
    _at_once(7, 1, 3),
    _at_once(5, 0, 5, ("fast",)),
    _at_once(4, 1, 4, ("easy",), "挺方便的。"),
    _at_once(3, 0, 5, ("easy",)),
    _at_once(2, 0, 5),
    _at_once(1, 0, 1, ("hard",), "填到一半页面就退出了，重新填了一遍。"),
    _at_once(1, 0, 4, ("fast",)),
    _at_once(0),
    Story(22, True, ("accept", "agree", "grant"), Opinion(5, 4, ("kind",), "街道打电话问得很仔细。")),
    Story(19, True, ("accept", "agree", "grant"), Opinion(4, 5, ("kind",), "两次都打电话说明进度，放心。")),
    Story(18, True, ("accept", "disagree", "refuse"), Opinion(4, 3, ("clear",), "理由写清楚了。")),
    Story(16, True, ("accept", "agree", "grant"), Opinion(6, 5)),
    Story(14, True, ("decline",)),
    Story(11, True, ("accept", "agree")),
    Story(10, True, ("accept",)),
    Story(9, True, ("accept", "agree", "send_back")),
    Story(8, True, ("accept", "agree")),
    Story(7, True),
    Story(6, True, ("accept", "suspend")),
    Story(5, True, ("accept", "extend", "agree")),
    Story(5, True),
    Story(4, True),
    Story(4, True, ("supplement",)),
    Story(3, True, ("accept",)),
    Story(2, True),
    Story(1, True),
    Story(0, True),
)

REASONS = ("核实无误，同意。", "材料齐全，符合条件。", "电话核实本人意愿，情况属实。")
WORDS = {
    "disagree": "核实到申请人正在外地领取同类津贴，建议不予发放。",
    "refuse": "经核实，您正在其他地区领取同类津贴，不符合“未在其他地区领取同类津贴”的条件。",
    "decline": "申请人户籍已迁出本区，不属于本区受理范围，请向户籍所在地申请。",
    "send_back": "请补充与外地主管部门核实的记录。",
    "suspend": "申请人对拟办意见要求听证。",
    "extend": "需向外地民政部门发函核实，十个工作日内不能办结。",
}
FOUND = "已电话回访本人，反映的情况属实，主要是手机页面填写不便、指南说明不够细。"
ANSWER = (
    "您好，感谢您的意见。我们已在指南里写明开户银行要填到支行，并请社区为老人提供代填服务。"
    "如有不便，可致电民政局养老服务科。"
)
