"""Policies of the bureau that the demo's keeper entered 政策文件: a file of the month, and one revised by hand.

All of them are made up, and say so in title and number. What packs bring (national laws among them) comes with the packs.
"""

from __future__ import annotations

import csv
import io
import uuid
from datetime import date, timedelta

from yizhan import clock
from yizhan.demo import personas
from yizhan.demo.organisation import GOVERNMENT
from yizhan.identity import scope
from yizhan.identity.models import Account
from yizhan.registry import importing, law_by_hand, law_finding, sources
from yizhan.registry.by_hand import ByHand
from yizhan.registry.importing import Loading

SOURCE = "civil.policies"
_HEADINGS = (
    "法规政策代码", "数据日期", "类别", "标题", "英文标题", "制定机关", "文号", "公布日期", "施行日期", "有效期至",
    "废止日期", "承接文件",
)  # fmt: skip
_ISSUER = "越秀区民政局（示例）"
_POLICIES = (
    ("meals_for_the_old", "policy", "越秀区长者饭堂就餐补助实施方案（示例）",
     "District Scheme for Meals for the Elderly (example)", "越民〔2025〕示例12号", "2025-09-10", "2025-10-01",
     "2028-09-30", "", ""),
    ("care_at_home_guide", "policy", "越秀区居家养老上门服务指引（示例）",
     "District Guide to Care at Home (example)", "越民〔2026〕示例7号", "2026-11-02", "2027-01-01",
     "2031-12-31", "", ""),
    ("temporary_relief_rules", "normative", "越秀区临时救助工作细则（示例）",
     "District Rules on Temporary Relief (example)", "越民规〔2023〕示例5号", "2023-04-06", "2023-05-01",
     "2028-04-30", "", ""),
    ("temporary_relief_rules_2018", "normative", "越秀区临时救助工作细则（2018年，示例）",
     "District Rules on Temporary Relief (2018, example)", "越民规〔2018〕示例4号", "2018-03-12", "2018-04-01", "",
     "2023-05-01", "temporary_relief_rules"),
)  # fmt: skip


def found() -> None:
    """The keeper, as old as the other offices."""
    personas.employ_officials(comes_with="laws")


def make() -> None:
    """Enter the bureau's own policies as a file, and a later day of validity by hand."""
    sources.declare(
        SOURCE,
        zh="区民政局政策文件（演示）",
        en="Policies of the Civil Affairs Bureau (demo)",
        unit=f"{GOVERNMENT}-mz",
    )
    keeper = Account.objects.get(username="demo.laws")
    with clock.standing_at(clock.now() - timedelta(days=9)), scope.as_account(keeper) as actor:
        how = Loading(
            source=SOURCE, by=actor.key, name="民政局政策文件（示例）.csv", kind="laws", actor=actor
        )
        report = importing.load(_file(), how)
        if not report.loaded:
            raise RuntimeError(f"the demo's own file is refused: {report.rejects[:3]}")
    with clock.standing_at(clock.now() - timedelta(days=2)), scope.as_account(keeper) as actor:
        ground = "局长办公会议纪要（示例）：有效期延长一年"
        law_by_hand.change(
            law_finding.get("temporary_relief_rules"),
            {"valid_until": date(2029, 4, 30)},
            how=ByHand(by=actor, because=ground, command=uuid.uuid5(uuid.NAMESPACE_URL, "yizhan:demo:laws")),
        )


def _file() -> bytes:
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(_HEADINGS)
    for code, kind, title, english, number, *days in _POLICIES:
        writer.writerow((code, f"{clock.today():%Y-%m-%d}", kind, title, english, _ISSUER, number, *days))
    return text.getvalue().encode("gb18030")
