"""Laws and policies for everybody: found, narrowed, told with what rests on them; guides lead to them."""

from __future__ import annotations

import pytest
from django.test import Client

from yizhan import clock
from yizhan.releases.publishing import publish
from yizhan.releases.tests.shipped import shipped

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def district(db):
    for pack in ("laws_and_policies", "limits_of_law", "outdoor_sign", "small_restaurant"):
        publish(shipped(pack), by="test")
    with clock.standing_at("2026-11-20T09:30"):
        yield


def page(address: str, query: dict[str, str] | None = None, status: int = 200) -> str:
    answer = Client().get(address, query)
    assert answer.status_code == status
    return str(answer.content.decode())


def test_anybody_finds_a_law_by_title_number_kind_and_state():
    assert "共 21 部" in page("/laws")
    assert "最低生活保障审核确认办法" in page("/laws", {"q": "民发[2021]57"})
    old = page("/laws", {"state": "repealed"}).split("<table")[1]
    assert "信访条例" in old and "行政许可法" not in old
    before = page("/laws", {"state": "in_force", "on": "2022-04-30", "q": "信访"}).split("<table")[1]
    assert "信访条例" in before and "信访工作条例" not in before
    assert "没有找到符合条件的法规政策" in page(
        "/laws", {"q": "a\0b%_", "kind": "standard", "page": "9" * 40}
    )
    wrong = page("/laws", {"on": "昨天", "q": "信访"}, status=422)
    assert "不是有效日期" in wrong and 'value="信访"' in wrong and "信访工作条例" in wrong


def test_a_law_tells_what_rests_on_which_article():
    said = page("/laws/administrative_licensing_law")
    assert "户外招牌设置许可" in said and "第三十二条" in said and "当场或者五日内一次告知" in said
    assert "待核实" in said and "时限计算" in said and "主席令第七号" in said
    gone = page("/laws/petitions_regulations_2005")
    assert "本文件已废止" in gone and 'href="/laws/petitions_regulations"' in gone
    page("/laws/nobody", status=404)


def test_the_guide_leads_to_the_law():
    assert 'href="/laws/city_appearance_regulations"' in page("/items/outdoor_sign")
    lapsed = "越秀区开办小餐饮店一件事一次办工作规则（示例）"
    assert lapsed in page("/items/small_restaurant") and "有效期已满" not in page("/items/small_restaurant")
    with clock.standing_at("2027-01-02T09:30"):
        assert "有效期已满" in page("/items/small_restaurant")


def test_the_list_takes_the_same_statements_for_one_and_for_many(django_assert_num_queries):
    page("/laws")
    counted = []
    for query in ({"q": "信访工作条例"}, {}):
        with django_assert_num_queries(5):  # begin, the page, its number, what rests on it, commit
            counted.append(page("/laws", query))
    assert counted[0] != counted[1]
