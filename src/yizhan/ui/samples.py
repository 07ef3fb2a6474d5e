"""Invented contents for the gallery 组件样例. No person, number or figure here is real."""

from __future__ import annotations

from datetime import timedelta
from functools import partial
from typing import Any

from django.core.paginator import Paginator
from django.utils.translation import pgettext

from yizhan import clock

t = partial(pgettext, "gallery")
"""Translates with a context, so that a sample's English never stands in for a real page's word."""


def contents() -> dict[str, Any]:
    """What the gallery shows, around today."""
    today = clock.today()
    return {
        "t": t,
        "cases": _cases(),
        "page": Paginator(range(230), 12).page(3),
        "choices": [
            ("post", t("邮寄")),
            ("self", t("自取"), t("凭身份证到服务站领取")),
            ("agent", t("代领")),
        ],
        "streets": [("440199001", t("示例一街")), ("440199002", t("示例二街"))],
        "marked": {today, today + timedelta(days=3), today + timedelta(days=5)},
        "yesterday": today - timedelta(days=1),
        "promised": today + timedelta(days=13),
    }


def _cases() -> list[dict[str, str]]:
    rows = [
        ("late", t("已超 2 小时"), t("红牌"), t("公共租赁住房申请：家庭收入与房产核对"), "YZ20261104-00318"),
        ("soon", t("剩 3 小时"), t("黄牌"), t("最低生活保障申请：入户调查意见"), "YZ20261109-00207"),
        ("normal", t("剩 2 天"), t("正常"), t("临时占用城市道路许可：现场核查结果"), "YZ20261113-00051"),
        ("suspended", t("等待补正"), t("计时中止"), t("小餐饮店开办：油烟净化设施材料"), "YZ20261112-00094"),
        ("done", t("已办结"), t("提前 3 天"), t("高龄老人津贴：资格确认"), "YZ20261101-00412"),
    ]
    keys = ("level", "left", "note", "title", "number")
    return [dict(zip(keys, row, strict=True)) for row in rows]
