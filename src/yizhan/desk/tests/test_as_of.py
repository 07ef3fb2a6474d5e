"""Files as of a day: what was so then, clearly marked; perhaps only what was known then."""

from __future__ import annotations

from datetime import date

from yizhan import clock
from yizhan.codes import uscc
from yizhan.desk.tests.conftest import words
from yizhan.identity import scope
from yizhan.registry import entities, entity_changes, particulars, sources
from yizhan.registry.entities import Details
from yizhan.registry.entity_changes import Word

CODE = uscc.make("91", "440199", "MA000001")
WHY = {"reason": "走访核实困难家庭情况"}


def test_a_persons_file_tells_what_was_so_on_a_day(clerk, town):
    subject = town.subjects["chen"]
    page = f"/desk/register/persons/{subject.removeprefix('person:')}"
    with scope.service():
        told = {"source": "police", "by": "house"}
        particulars.record(subject, {"school": "云津中学"}, on=date(2026, 1, 1), source_record="1", **told)
    with clock.standing_at("2026-11-21T09:00"), scope.service():
        particulars.record(subject, {"school": "云津大学"}, on=date(2026, 9, 1), source_record="2", **told)
    with clock.standing_at("2026-11-22T09:00"):
        assert "云津大学" in words(clerk.post(page, WHY))
        then = words(clerk.post(page, WHY | {"on": "2026-05-01"}))
        assert "云津中学" in then and "云津大学" not in then and "不是现在的" in then
        assert "/unmask/" not in then and "/export" not in then
        assert "云津大学" in words(clerk.post(page, WHY | {"on": "2026-11-20"}))
        known = words(clerk.post(page, WHY | {"on": "2026-11-20", "known": "yes"}))
        assert "云津中学" in known and "云津大学" not in known, "the register did not know better by then"
        assert "到那一天为止还没有此人" in words(
            clerk.post(page, WHY | {"on": "2020-01-01", "known": "yes"}), 422
        )
        for wrong, why in (("2026-12-01", "日期晚于今天"), ("昨天", "不是有效日期")):
            assert why in words(clerk.post(page, WHY | {"on": wrong}), 422)


def test_a_companys_file_tells_what_was_so_on_a_day(clerk, town):
    with scope.service():
        source = sources.declare("market", zh="市场主体登记", en="Company register", unit="440104-mz")
        details = Details("有限责任公司", "越秀区示例路8号", "440104003001", date(2020, 3, 1), state="1")
        entities.enter(
            CODE, "示例云澜文化有限公司", representative="郑丽华", document="111:440199197405010021",
            source=source, as_of=date(2026, 1, 5), details=details,
        )  # fmt: skip
        word = Word(source="market", record="1")
        entity_changes.changed(f"entity:{CODE}", {"name": "示例新名有限公司"}, on=date(2026, 5, 1), word=word)
    page = f"/desk/register/companies/{CODE}"
    assert "示例新名有限公司" in words(clerk.get(page))
    then = words(clerk.get(page, {"on": "2026-04-01"}))
    assert "示例云澜文化有限公司" in then and "示例新名有限公司" not in then and "不是现在的" in then
    assert "还没有这家企业" in words(clerk.get(page, {"on": "2020-01-01", "known": "yes"}), 422)
    assert "不是有效日期" in words(clerk.get(page, {"on": "x\x00'"}), 422)
