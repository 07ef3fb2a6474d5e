"""Applying for a company on the portal: for which one, with which materials, and what others see of it."""

from __future__ import annotations

from urllib.parse import urlencode

from yizhan.cases.tests import companies
from yizhan.cases.tests.companies import CODE, NAME
from yizhan.portal.tests.pages import sent, text
from yizhan.releases.publishing import publish
from yizhan.releases.tests.shipped import shipped

APPLY = "/items/outdoor_sign/apply"


firm, town = companies.firm, companies.town


def test_whoever_acts_for_none_is_told_how_to_come_to_it(firm, as_):
    page = text(as_("li").get(APPLY))
    assert "您目前还不能代任何企业办理" in page
    assert "我的企业" in page
    assert "开始填写" not in page


def test_of_one_company_nobody_is_asked_for_which(firm, as_):
    chen = as_("chen")
    page = text(chen.get(APPLY))
    assert f"本次申请以{NAME}的名义提交" in page
    begun = chen.post(APPLY, sent(chen.get(APPLY)))
    assert begun.headers["Location"].startswith("/drafts/")


def test_of_several_one_is_chosen_and_another_s_is_not_offered(firm, as_, town):
    firm.mandate("wang")  # who represents the other company himself
    wang = as_("wang")
    page = text(wang.get(APPLY))
    assert "为谁办理？" in page
    assert "请选择为谁办理" in text(wang.get(f"{APPLY}?asked=1"))
    assert f"本次申请以{NAME}的名义提交" in text(wang.get(f"{APPLY}?for={CODE}"))
    assert "为谁办理？" in text(wang.get(f"{APPLY}?for=91440199MA0000000X")), "somebody else's is not offered"


def test_what_was_answered_in_the_scenario_is_not_asked_again_and_nothing_known_is_passed_over(firm, as_):
    publish(shipped("small_restaurant"), by="test")
    scene = {
        "cooking": "cold",
        "area": "40",
        "dine_in": "yes",
        "sign": "no",
        "renovation": "no",
        "central_air": "no",
    }
    begin = "/items/small_restaurant/apply?" + urlencode(
        {f"scene.{key}": said for key, said in scene.items()}
    )
    chen = as_("chen")
    draft = chen.post(begin, sent(chen.get(begin))).headers["Location"]
    for _again in range(2):
        assert chen.get(draft).headers["Location"] == f"{draft}/pages/company"
    chen.post(f"{draft}/pages/company", sent(chen.get(f"{draft}/pages/company")))
    assert chen.get(draft).headers["Location"] == f"{draft}/pages/shop", (
        "from then on, where something is missing"
    )
    assert 'value="40"' in text(chen.get(f"{draft}/pages/size"))


def test_the_list_of_materials_says_what_is_held_already(firm, as_):
    firm.licensed()
    chen = as_("chen")
    draft = chen.post(APPLY, sent(chen.get(APPLY))).headers["Location"]
    trade = f"{draft}/pages/trade"
    chen.post(trade, sent(chen.get(trade)) | {"shop.trade": "food"})
    page = text(chen.get(f"{draft}/pages/files"))
    assert "您的材料清单" in page
    assert "库内已有：JY2440199000001（来自：越秀区市场监督管理局" in page
    assert 'name="files.food_licence"' not in page
    assert 'name="files.design"' in page


def test_the_guide_tells_conditions_in_words_and_how_to_begin(firm, client):
    page = text(client.get("/items/outdoor_sign"))
    assert "从事餐饮、食品销售的" in page
    assert "库内已有的免提交" in page
    assert "在线办理" in page


def test_a_dismissed_agent_finds_neither_draft_nor_case_nor_list(firm, as_, town):
    mandate = firm.mandate("li")
    number = firm.apply("li")
    li = as_("li")
    assert number in text(li.get("/my"))
    firm.dismiss(mandate)
    assert number not in text(li.get("/my"))
    assert li.get(f"/cases/{number}").status_code == 404
    assert li.get(f"/receipts/{number}").status_code == 404
    assert li.get(f"/cases/{number}/supplement").status_code == 404
    chen = as_("chen")
    assert number in text(chen.get("/my"))
    assert NAME in text(chen.get(f"/cases/{number}"))


def test_licences_of_the_company_stand_under_my_companies(firm, as_):
    firm.licensed()
    page = text(as_("chen").get("/my/companies"))
    assert "食品经营许可证" in page
    assert "JY2440199000001" in page
    assert "JY2440199000001" not in text(as_("li").get("/my/companies"))
