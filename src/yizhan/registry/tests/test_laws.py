"""Laws and policies: entered, changed, ended, brought by packs, kept by offices; what cannot be so is refused."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from yizhan import clock
from yizhan.identity import scope
from yizhan.journal.models import News
from yizhan.registry import importing, law_finding, laws, sources
from yizhan.registry.faults import NotHere, Refused
from yizhan.registry.importing import Loading
from yizhan.registry.law_finding import Asked
from yizhan.registry.laws import Amiss, Told, Word
from yizhan.registry.models import Import, Law
from yizhan.releases.publishing import publish
from yizhan.releases.tests.shipped import shipped

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def house(db):
    with clock.standing_at("2026-11-20T09:30"), scope.service():
        yield


def told(code: str = "rules", **values: Any) -> Told:
    return Told(code, {"kind": "normative", "title_zh": "越秀区测试办法（示例）", **values})


def office(unit: str = "440104-mz", code: str = "civil.laws") -> Word:
    return Word(
        unit=unit, by="account:1", source=sources.declare(code, zh="文件库", en="Documents", unit=unit)
    )


def test_a_law_is_entered_changed_and_keeps_what_was_said():
    done = laws.enter([told(number="越民规〔2024〕示例1号", in_force_on=date(2024, 2, 1))], word=office())
    assert (done.fresh, done.changed) == (["rules"], {})
    law = law_finding.get("rules")
    entered = law.entered_at
    assert law.state() == Law.State.IN_FORCE and law.state(date(2023, 1, 1)) == Law.State.COMING
    with clock.standing_at("2026-11-21T10:00"):
        assert laws.enter([told()], word=office()).changed == {}, "what is left out stays"
        laws.enter([told(valid_until=date(2026, 12, 31))], word=office())
        law = law_finding.get("rules")
        assert law.state(date(2027, 1, 1)) == Law.State.LAPSED and law.ended_on == date(2027, 1, 1)
        (row,) = law_finding.past(law)
        assert row.was == {"valid_until": None} and law_finding.known_at(law, entered).valid_until is None
    with pytest.raises(NotHere):
        law_finding.known_at(law, clock.parse("2026-11-01"))
    news = News.objects.filter(kind="law.changed").get()
    assert news.subject == "law:rules" and news.data["columns"] == ["valid_until"]


@pytest.mark.parametrize(
    ("values", "column"),
    [
        ({"kind": "edict"}, "kind"),
        ({"title_zh": "长" * 201}, "title_zh"),
        ({"issued_on": date(2024, 2, 1), "in_force_on": date(2024, 1, 1)}, "in_force_on"),
        ({"in_force_on": date(2024, 2, 1), "valid_until": date(2023, 1, 1)}, "valid_until"),
        ({"successor": "rules", "repealed_on": date(2026, 1, 1)}, "successor"),
        ({"successor": "other"}, "successor"),
        ({"successor": "nobody", "repealed_on": date(2026, 1, 1)}, "successor"),
        ({"verified": True}, "verified"),
        ({"verified": True, "read_at": "区府公报", "read_on": date(2030, 1, 1)}, "read_on"),
    ],
)
def test_what_cannot_be_so_is_refused_at_its_place(values: dict[str, Any], column: str):
    with pytest.raises(Amiss) as amiss:
        laws.enter([told(**values)], word=office())
    assert amiss.value.column == column and not Law.objects.exists()


def test_successors_do_not_lead_in_a_circle():
    ended = {"repealed_on": date(2025, 1, 1)}
    laws.enter([told("a", successor="b", **ended), told("b", **ended)], word=office())
    with pytest.raises(Amiss, match="a → b|b → a"):
        laws.enter([told("b", successor="a", **ended)], word=office())
    assert [one.code for one in law_finding.replaced_by(law_finding.get("b"))] == ["a"]


def test_packs_bring_laws_until_an_office_takes_them_over():
    publish(shipped("laws_and_policies"), by="test")
    law = law_finding.get("petitions_regulations_2005")
    assert law.state() == Law.State.REPEALED and law.pack == "laws_and_policies" and not law.verified
    with pytest.raises(Refused, match="其他单位"):
        laws.enter([Told(law.code, {"number": "x"})], word=office())
    keeper = office("440104-sfj", "justice.laws")
    laws.enter([Told(law.code, {"number": "国令431"})], word=keeper)
    again = Word(unit="440104-sfj", by="test", pack="laws_and_policies")
    laws.enter([Told(law.code, {"number": "国务院令第431号"})], word=again)
    assert law_finding.get(law.code).number == "国令431", "the office's word stays"


def test_laws_are_found_by_words_number_kind_and_state(django_assert_num_queries):
    publish(shipped("laws_and_policies"), by="test")
    assert [one.code for one in law_finding.search("民发[2021]57")] == ["subsistence_allowance_measures"]
    assert [one.code for one in law_finding.search("licensing LAW")] == ["administrative_licensing_law"]
    assert law_finding.search("法") == [] and law_finding.search("%_\0法") == []
    with django_assert_num_queries(2):
        found, many = law_finding.page(Asked(state="repealed"))
    assert ([one.code for one in found], many) == (["petitions_regulations_2005"], 1)
    found, many = law_finding.page(Asked(kind="law"), 1, per_page=2)
    assert len(found) == 2 and many == 5
    for state in Law.State.values:
        rows, _all = law_finding.page(Asked(state=state), per_page=99)
        assert {one.state() for one in rows} <= {state}
    on = date(2022, 4, 30)
    assert {one.code for one in law_finding.page(Asked("信访", state="in_force", on=on))[0]} == {
        "petitions_regulations_2005"
    }


HEAD = "法规政策代码,数据日期,类别,标题,文号,公布日期,施行日期,有效期至,废止日期,承接文件,已核实"


def load(*rows: str, head: str = HEAD, kind: str = "laws"):
    office()
    data = "\r\n".join([head, *rows, ""]).encode("gb18030")
    return importing.load(data, Loading(source="civil.laws", kind=kind, by="account:1", name="文件.csv"))


def test_a_file_enters_laws_keeps_what_it_leaves_empty_and_is_undone():
    done = load(
        "rules_2018,2026-11-18,规范性文件,越秀区示例细则（2018年）,越民规〔2018〕示例4号,,2018-04-01,,2023-05-01,rules,",
        "rules,2026-11-18,normative,越秀区示例细则,越民规〔2023〕示例5号,,2023-05-01,2028-04-30,,,否",
    )
    assert (done.rejects, done.new) == ([], 2)
    with clock.standing_at("2026-11-22T09:30"):
        again = load("rules,2026-11-21,规范性文件,越秀区示例细则,,,,2029-04-30,,,")
        law = law_finding.get("rules")
        assert (again.new, again.changed) == (0, 1) and law.number == "越民规〔2023〕示例5号"
        last = Import.objects.latest("at")
        importing.undo(last.pk, because="取错文件", by="account:1")
        assert law_finding.get("rules").valid_until == date(2028, 4, 30)
        assert [row.columns for row in law_finding.past(law)] == [["valid_until"], ["valid_until"]]
        importing.undo(Import.objects.get(undone_at=None).pk, because="取错文件", by="account:1")
        assert not law_finding.by_codes(["rules", "rules_2018"])
        assert load("rules,2026-11-21,规范性文件,越秀区示例细则,,,,,,,").new == 1, "it comes back"


def test_what_is_wrong_in_a_file_is_told_row_by_row():
    long = "长" * 201
    told = load(
        "a,2026-11-18,圣旨,越秀区示例甲,,,,,,,",
        f"b,2026-11-18,法律,{long},,,,,,,",
        "c,2026-11-18,法律,越秀区示例丙,,2024-02-01,2024-01-01,,,,",
        "d,2026-11-18,法律,越秀区示例丁,,,,,,,",
        "d,2026-11-18,法律,越秀区示例丁,,,,,,,",
        "e,2026-11-18,法律,越秀区示例戊,,,,,,,是",
    )
    assert not told.loaded and not Law.objects.exists()
    said = {reject.row: str(reject.reason) for reject in told.rejects}
    assert "应为其中之一" in said[2] and "超过 200 个字" in said[3] and "施行日期早于公布日期" in said[4]
    assert "重复" in said[6] and "在哪里、何时核对过原文" in said[7]


def test_another_offices_law_is_refused_with_the_whole_file():
    publish(shipped("laws_and_policies"), by="test")
    with pytest.raises(Refused, match="其他单位"):
        load(
            "petitions_regulations,2026-11-18,党内法规,信访工作条例,x,,,,,,",
            "mine,2026-11-18,政策文件,越秀区示例,,,,,,,",
        )
    assert not law_finding.by_codes(["mine"])
