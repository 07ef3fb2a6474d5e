"""Invented contents for the gallery 组件样例. No person, number or figure here is real.

All its words carry the context "gallery", so that a sample's English never stands in for a real page's word.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.core.paginator import Paginator
from django.utils.translation import pgettext

from yizhan import clock


def contents() -> dict[str, Any]:
    """What the gallery shows, around today."""
    today = clock.today()
    return {
        "cases": _cases(),
        "page": Paginator(range(230), 12).page(3),
        "choices": [
            ("post", pgettext("gallery", "邮寄")),
            ("self", pgettext("gallery", "自取"), pgettext("gallery", "凭身份证到服务站领取")),
            ("agent", pgettext("gallery", "代领")),
        ],
        "streets": [
            ("440199001", pgettext("gallery", "示例一街")),
            ("440199002", pgettext("gallery", "示例二街")),
        ],
        "marked": {today, today + timedelta(days=3), today + timedelta(days=5)},
        "yesterday": today - timedelta(days=1),
        "promised": today + timedelta(days=13),
    }


def _cases() -> list[dict[str, str]]:
    rows = [
        (
            "late",
            pgettext("gallery", "已超 2 小时"),
            pgettext("gallery", "红牌"),
            pgettext("gallery", "公共租赁住房申请：家庭收入与房产核对"),
            "YZ20261104-00318",
        ),
        (
            "soon",
            pgettext("gallery", "剩 3 小时"),
            pgettext("gallery", "黄牌"),
            pgettext("gallery", "最低生活保障申请：入户调查意见"),
            "YZ20261109-00207",
        ),
        (
            "normal",
            pgettext("gallery", "剩 2 天"),
            pgettext("gallery", "正常"),
            pgettext("gallery", "临时占用城市道路许可：现场核查结果"),
            "YZ20261113-00051",
        ),
        (
            "suspended",
            pgettext("gallery", "等待补正"),
            pgettext("gallery", "计时中止"),
            pgettext("gallery", "小餐饮店开办：油烟净化设施材料"),
            "YZ20261112-00094",
        ),
        (
            "done",
            pgettext("gallery", "已办结"),
            pgettext("gallery", "提前 3 天"),
            pgettext("gallery", "高龄老人津贴：资格确认"),
            "YZ20261101-00412",
        ),
    ]
    keys = ("level", "left", "note", "title", "number")
    return [dict(zip(keys, row, strict=True)) for row in rows]
