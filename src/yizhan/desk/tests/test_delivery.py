"""Recording on the page of a case that its papers were delivered."""

from __future__ import annotations

import uuid

from yizhan.desk.tests.conftest import words
from yizhan.releases.publishing import publish
from yizhan.releases.tests.shipped import shipped


def test_a_delivery_is_recorded_where_the_papers_stand(town, as_):
    publish(shipped("standard_papers"), by="test")
    number = town.apply("li", other_allowance=True)
    clerk = as_("clerk")
    assert "登记送达" not in words(clerk.get(f"/desk/cases/{number}"))  # nothing is sealed yet
    town.work()
    assert "登记送达" in words(clerk.get(f"/desk/cases/{number}"))

    def sent(**fields):
        fields = {"command": str(uuid.uuid4()), **fields}
        return clerk.post(f"/desk/cases/{number}/deliveries", fields, follow=True)

    said = words(sent(delivered="nonsense", delivered_how="window", delivered_on="20-11"), status=422)
    assert "日期须写成" in said
    said = words(sent(delivered="nonsense", delivered_how="window", delivery_words="本人签收"), status=422)
    assert "请选择送达的文书" in said and "本人签收" in said
    paper = _paper(clerk, number)
    said = words(sent(delivered=paper, delivered_how="window", delivery_words="本人签收"))
    assert "已登记送达" in said and "送达回证 越民高龄送〔2026〕1号" in said


def _paper(clerk, number):
    said = words(clerk.get(f"/desk/cases/{number}"))
    return said.split('name="delivered" value="')[1].split('"')[0]
