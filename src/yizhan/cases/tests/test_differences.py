"""What publishing would change is told in words that a clerk understands."""

from __future__ import annotations

import shutil

import pytest
from django.conf import settings
from django.utils import translation

from yizhan.releases.comparing import changes
from yizhan.releases.pack import read
from yizhan.releases.publishing import publish

ELDERLY = settings.ROOT / "packs/elderly_allowance"
ITEM, FLOW = "items/elderly_allowance.yaml", "processes/application.flow.yaml"
CHANGES = (
    (ITEM, "  promised:\n    amount: 10", "  promised:\n    amount: 8"),
    (ITEM, "[老人津贴, ", "[老人津贴, 福寿金, "),
    (
        ITEM,
        "  - key: proxy_letter",
        "  - {key: photo, title: {zh: 近照, en: Photograph}}\n  - key: proxy_letter",
    ),
    (FLOW, "limit: {working_days: 4}", "limit: {working_days: 3}"),
    (FLOW, "zh: 拟不同意", "zh: 拟不同意发放"),
    ("decisions/amount.table.yaml", 'then: ["120"]', 'then: ["150"]'),
)


@pytest.fixture
def changed(db, tmp_path):
    """The elderly allowance, published and then changed."""
    folder = tmp_path / "elderly_allowance"
    shutil.copytree(ELDERLY, folder)
    publish(read(folder), by="test")
    for file, before, after in CHANGES:
        text = (folder / file).read_text(encoding="utf-8")
        assert before in text
        (folder / file).write_text(text.replace(before, after, 1), encoding="utf-8")
    return read(folder)


def test_in_chinese_and_in_english(changed):
    assert {str(change) for change in changes(changed)} == {
        "~ 事项“高龄津贴申领” › 时限 › 承诺时限 › 数量：10 → 8",
        "+ 事项“高龄津贴申领” › 搜索用词：福寿金",
        "+ 事项“高龄津贴申领” › 申请材料 › “近照”：近照",
        "~ 流程“高龄津贴申领” › 环节 › “街道初审” › 环节时限 › 工作日：4 → 3",
        "~ 流程“高龄津贴申领” › 环节 › “街道初审” › 操作 › “拟不同意发放” › 名称 › 中文：拟不同意 → 拟不同意发放",
        "~ 决策表“高龄津贴标准（示例）” › 规则 › A80 › 结果 › 第 1 项：120 → 150",
    }
    with translation.override("en"):
        told = {str(change) for change in changes(changed)}
    assert "~ items “Elderly allowance” › time limits › promised limit › amount: 10 → 8" in told


def test_nothing_changed_is_nothing_told(db):
    pack = read(ELDERLY)
    publish(pack, by="test")
    assert changes(pack) == []
    assert {change.what for change in changes(read(ELDERLY))} == set()
