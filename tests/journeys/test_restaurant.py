"""A company opens a small restaurant: one form, one list, handed in once; departments side by side; licences at the end."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import FilePayload, Page, expect

from tests.browser.chromium import axe, overflow
from tests.journeys import licence
from tests.journeys.conftest import Enter
from tests.journeys.restaurant import BOARD, EXTINGUISHERS, begin, choose, describe, fill_in, hand_in
from tests.journeys.steps import act, awaited
from tests.journeys.stops.stop import save

pytestmark = [pytest.mark.browser, pytest.mark.product]

COMPANY, OTHER = "示例南园餐饮有限公司", "示例泮水食品有限公司"
MISSING = "请写明自动喷水灭火系统的检测日期"


def test_from_the_questions_to_the_licences_in_the_register(
    enter: Enter, photo: FilePayload, stranger: Page, tmp_path: Path
):
    agent = enter("agent", desk=True)
    number = _applied(agent, photo)
    lead = enter("lead", desk=True)
    act(lead, number, "受理并送会办")
    signs, fire = enter("signs", desk=True), enter("fire", desk=True)
    _each_sees_its_part(signs, fire, number)
    _asked_by_fire_and_answered(fire, agent, number)
    for department in (enter("food", desk=True), signs, fire):
        act(department, number, "同意")
    head = enter("lead_head", desk=True)
    head.goto(f"/desk/cases/{number}")
    expect(head.get_by_text("本部门同意").first).to_be_visible()
    act(head, number, "准予开办")
    _the_register_has_it(agent, enter("owner", desk=True))
    owner = enter("owner")
    file = licence.downloaded(owner, tmp_path, COMPANY)
    licence.shown(owner, stranger)
    licence.verified(stranger, file, holds=True)
    licence.suspended(enter("licences", desk=True), COMPANY)
    licence.verified(stranger, file, holds=False)
    owner.goto("/my/licences")
    expect(owner.get_by_text("已暂停").first).to_be_visible()
    _nobody_else_sees_it(enter("huang"), number)


def _applied(agent: Page, photo: FilePayload) -> str:
    agent.goto("/items/small_restaurant")
    expect(agent.get_by_text("提供堂食且营业面积 300 平方米以上的")).to_be_visible()
    agent.get_by_role("link", name="按我的情形查看").first.click()
    draft = _asked_once(agent)
    describe(agent, draft, cooking="steamed", area=320)
    agent.goto(f"{draft}/pages/files")
    needed = agent.locator(".portal-needed")
    expect(needed.get_by_text("消防设施和疏散通道平面图")).to_be_visible()
    expect(needed.get_by_text("油烟净化设施说明")).to_have_count(0)
    agent.goto(f"{draft}/pages/company")
    expect(agent.get_by_text(COMPANY)).to_be_visible()
    expect(agent.get_by_text("来自：市场主体登记").first).to_be_visible()
    fill_in(agent, photo)
    return hand_in(agent)


def _asked_once(agent: Page) -> str:
    """What was answered to see the list need not be answered again in the application; the draft's address."""
    choose(agent, "scene.cooking", "cold")
    agent.locator("[name='scene.area']").fill("40")
    for name in ("dine_in", "sign", "renovation", "central_air"):
        choose(agent, f"scene.{name}", "no")
    agent.get_by_role("button", name="查看材料和步骤").click()
    agent.get_by_role("link", name="在线办理").click()
    expect(agent.get_by_role("heading", name="为谁办理？")).to_be_visible()
    agent.get_by_label(COMPANY).check()
    save(agent)
    expect(agent.get_by_text("情形引导中的回答已经带入")).to_be_visible()
    save(agent)
    agent.wait_for_url("**/pages/company")  # what the register knows is seen before what is missing
    return agent.url.split("/pages/")[0]


def _each_sees_its_part(signs: Page, fire: Page, number: str) -> None:
    for page, shown, hidden in ((signs, BOARD, EXTINGUISHERS), (fire, EXTINGUISHERS, BOARD)):
        page.goto(f"/desk/cases/{number}")
        html = page.content()
        assert shown in html
        assert hidden not in html


def _asked_by_fire_and_answered(fire: Page, agent: Page, number: str) -> None:
    fire.goto(f"/desk/cases/{number}")
    fire.locator("summary", has_text="要求补正").click()
    fire.get_by_label("消防设施、器材配置", exact=True).check()
    fire.get_by_label("消防设施、器材配置：要补什么").fill(MISSING)
    fire.get_by_role("button", name="一次性告知").click()
    expect(fire.get_by_text(f"已一次性告知补正，{number} 等待申请人答复。")).to_be_visible()
    agent.goto(f"/cases/{number}")
    expect(agent.get_by_text("补正期间办理期限中止").first).to_be_visible()
    expect(agent.get_by_text("受理期限重新计算")).to_have_count(0)
    agent.goto(f"/cases/{number}/supplement")
    expect(agent.get_by_text(MISSING).first).to_be_visible()
    agent.goto(f"/cases/{number}/supplement/fire")
    agent.locator("[name='fire.equipment']").fill(f"{EXTINGUISHERS}，系统 2026 年 5 月检测")
    save(agent)
    with agent.expect_navigation():
        agent.locator(".button-row .btn-primary").first.click()
    expect(agent.get_by_text("补正内容已提交，办理期限继续计算。")).to_be_visible()


def _the_register_has_it(agent: Page, owner: Page) -> None:
    agent.goto("/my/companies")
    awaited(agent, lambda: agent.get_by_text("食品经营许可证", exact=True))
    awaited(agent, lambda: agent.get_by_text("户外招牌设置许可", exact=True))
    owner.goto("/items/outdoor_sign/apply")
    owner.get_by_label(COMPANY).check()
    save(owner)
    save(owner)
    choose(owner, "shop.trade", "food")
    save(owner)
    owner.goto(f"{owner.url.split('/pages/')[0]}/pages/files")
    expect(owner.locator(".portal-needed").get_by_text(re.compile("库内已有：JY2"))).to_be_visible()
    expect(owner.locator("[name='files.food_licence']")).to_have_count(0)


def _nobody_else_sees_it(stranger: Page, number: str) -> None:
    answer = stranger.goto(f"/cases/{number}")
    assert answer is not None
    assert answer.status == 404


def test_the_owner_applies_on_a_phone_in_english(enter: Enter, photo: FilePayload):
    owner = enter("owner")
    owner.context.add_cookies(
        [{"name": "django_language", "value": "en", "url": owner.url, "sameSite": "Lax"}]
    )
    owner.goto("/items/small_restaurant")
    expect(owner.get_by_role("heading", name="Open a small restaurant").first).to_be_visible()
    draft = begin(owner, OTHER)
    _looked_at(owner)
    describe(owner, draft, cooking="fumes", area=60, sign="no")
    owner.goto(f"{draft}/pages/files")
    expect(owner.get_by_role("heading", name="Your list of materials")).to_be_visible()
    _looked_at(owner)
    owner.goto(f"{draft}/pages/company")
    fill_in(owner, photo)
    _looked_at(owner)
    number = hand_in(owner)
    owner.goto(f"/cases/{number}")
    _looked_at(owner)


def _looked_at(page: Page) -> None:
    assert axe(page) == []
    assert not overflow(page)
