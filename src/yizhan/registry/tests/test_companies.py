"""Companies through time: what changes, what was, who sees what, and how the score explains itself."""

from __future__ import annotations

from contextlib import nullcontext
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import pytest
from django.db import ProgrammingError, transaction

from yizhan import clock
from yizhan.codes import uscc
from yizhan.identity import scope
from yizhan.journal.models import News
from yizhan.registry import (
    credit,
    entity_changes,
    entity_entering,
    entity_facts,
    entity_loading,
    entity_ties,
    licences,
    premises,
    sources,
)
from yizhan.registry.entities import Details
from yizhan.registry.entity_changes import Word
from yizhan.registry.entity_loading import Told
from yizhan.registry.entity_ties import Decision, Share
from yizhan.registry.facts import facts
from yizhan.registry.faults import NotHere, Refused
from yizhan.registry.licences import Issued
from yizhan.registry.models import Entity, EntityHistory, EntityRecord, Shareholder
from yizhan.registry.places import Place
from yizhan.registry.purposes import Reason
from yizhan.registry.tests.people import NUMBER_A
from yizhan.releases.words import Text

CODE, OTHER, THIRD = (uscc.make("91", "440199", f"MA00000{n}") for n in (1, 2, 3))
SUBJECT = f"entity:{CODE}"
MARKET = "market.entities"
WORD = Word(source=MARKET, record="变更-1", by="house")
WHY = Reason("核对企业登记信息")


def put(code: str, name: str = "示例云澜文化有限公司", **more: Any) -> Entity:
    source = sources.declare(MARKET, zh="市场主体登记", en="Company register", unit="440199-scj")
    details = Details(
        "有限责任公司", "示例路8号", "440199001001", date(2020, 3, 1), kind_code="1", state="1",
        registered_capital=Decimal("500000.00"), currency="CNY", business_scope="文化活动策划", industry="R",
        phone="02081234567", **more,
    )  # fmt: skip
    return entity_entering.register(
        entity_entering.code_of(code), name, representative="郑丽华", document=f"111:{NUMBER_A}",
        source=source, as_of=date(2026, 1, 5), details=details,
    )  # fmt: skip


@pytest.fixture
def company(district):
    with scope.service():
        put(CODE)
    return district


def told(key: str, **more: Any) -> Any:
    return facts(SUBJECT, [key], purpose=WHY, **more)[key].value


def test_a_clerk_of_the_area_sees_what_is_public_and_no_contact_and_a_clerk_of_another_nothing(company):
    with company.looking("clerk_x"):
        known = facts(
            SUBJECT, ["entity.name", "entity.representative", "entity.capital", "entity.phone"], purpose=WHY
        )
        assert [one.value for one in known.values()] == ["示例云澜文化有限公司", "郑丽华", "500000.00", None]
        assert known["entity.name"].source.zh == "市场主体登记"
        assert known["entity.name"].as_of == date(2026, 1, 5)
        assert not Entity.objects.exists(), "the row with document and phone stays closed"
    for who in ("clerk_y", "stranger", "citizen_b"):
        with company.looking(who), pytest.raises(NotHere):
            told("entity.name")
    with company.looking("citizen_a"):
        assert told("entity.phone") == "02081234567", "she is the representative"


def test_a_licence_is_told_to_whom_its_table_shows_it(company):
    """To the holder and to the house, not to whoever has an area in which the company sits."""
    with scope.service():
        licences.record(
            SUBJECT,
            Issued("food_business", "JY1", "440199-scj", Text(zh="示例", en="Example"), date(2026, 1, 1)),
            word=licences.Word("house"),
        )
    number = "entity.licence.food_business.number"
    with company.looking("clerk_x"):
        assert told(number) is None
        assert licences.held(SUBJECT, purpose=WHY) == []
    for who in ("citizen_a", "service"):
        with company.looking(who):
            assert told(number) == "JY1"


def test_without_a_scope_there_is_no_row_and_no_function_tells(company):
    with nullcontext():
        assert not Entity.objects.exists()
        assert not Shareholder.objects.exists()
        with pytest.raises(NotHere):
            entity_facts.row(SUBJECT, clock.today())


def test_a_change_is_told_from_its_day_and_the_earlier_value_for_its_days(company):
    before = clock.now()
    with clock.standing_at("2026-11-21T10:00"), scope.service():
        entity_changes.changed(SUBJECT, {"name": "示例云海文化有限公司"}, on=date(2026, 6, 1), word=WORD)
        to = Place(division="440199001002", full_text="新路9号")
        entity_changes.moved(SUBJECT, to, on=date(2026, 7, 1), word=Word(source=MARKET, record="变更-2"))
    with company.looking("service"):
        assert told("entity.name") == "示例云海文化有限公司"
        assert told("entity.former_name") == "示例云澜文化有限公司"
        assert told("entity.name", on=date(2026, 5, 31)) == "示例云澜文化有限公司"
        assert told("entity.address", on=date(2026, 6, 30)) == "示例路8号"
        assert told("entity.address", on=date(2026, 7, 1)) == "新路9号"
        assert told("entity.name", known_at=before) == "示例云澜文化有限公司"
        assert told("entity.standard_address") is None, "until the text was looked up among the addresses"
        premises.settle(Entity.objects.get(uscc=CODE))
        assert told("entity.standard_address") == "新路9号"
        assert told("entity.standard_address", on=date(2026, 6, 1)) is None, "it had another address then"
        with pytest.raises(NotHere):
            told("entity.name", known_at=datetime.fromisoformat("2020-01-01T00:00:00+08:00"))
    kinds = News.objects.filter(subject=SUBJECT).values_list("kind", flat=True).order_by("id")
    assert list(kinds) == ["entity.registered", "entity.changed", "entity.moved"]


def test_a_correction_never_was_so_and_keeps_the_old_value(company):
    with scope.service():
        entity_changes.corrected(SUBJECT, "established_on", date(2020, 4, 1), because="录入错误", word=WORD)
        with pytest.raises(Refused, match="相同"):
            entity_changes.corrected(SUBJECT, "established_on", date(2020, 4, 1), because="再改", word=WORD)
        kept = EntityHistory.objects.get()
        assert (kept.was, kept.valid_until) == ({"established_on": "2020-03-01"}, None)
    with company.looking("service"):
        assert told("entity.established", on=date(2026, 2, 1)) == date(2020, 4, 1)


def test_a_new_representative_sees_it_and_the_earlier_one_no_longer(company):
    with scope.service():
        entity_changes.representative_changed(SUBJECT, "某某", "111:x", on=date(2026, 8, 1), word=WORD)
    with company.looking("citizen_a"), pytest.raises(NotHere):
        told("entity.name")
    with company.looking("clerk_x"):
        told_to_her = entity_facts.past(SUBJECT)
        assert [one.values for one in told_to_her] == [{"representative": "郑丽华"}], "no document in it"


def test_what_ends_ends_once_and_not_before_it_began(company):
    with scope.service():
        with pytest.raises(Refused, match="成立日期晚于注销日期"):
            entity_changes.struck_off(SUBJECT, date(2019, 1, 1), word=WORD)
        entity_changes.struck_off(SUBJECT, date(2026, 9, 1), word=WORD)
        entity_changes.struck_off(SUBJECT, date(2026, 9, 1), word=WORD)
        with pytest.raises(Refused, match="另一注销日期"):
            entity_changes.struck_off(SUBJECT, date(2026, 9, 2), word=WORD)
    with company.looking("service"):
        assert told("entity.in_operation") is False
        assert told("entity.in_operation", on=date(2026, 8, 31)) is True
        assert told("entity.state", on=date(2026, 8, 31)) == "1"


def test_wrong_and_old_codes_are_kept_marked_and_linked(district):
    wrong = CODE[:-1] + ("0" if CODE[-1] != "0" else "1")
    with scope.service():
        assert put(wrong).code_ok is False
        old = put(OTHER[8:17])
        assert (old.code_ok, old.organisation_code) == (True, OTHER[8:17])
        put(OTHER)
        assert Entity.objects.get(uscc=OTHER[8:17]).became == OTHER
        for name in ("名" * 9_000, "", "坏\x00名"):
            with pytest.raises(Refused):
                put(THIRD, name)
        with pytest.raises(Refused, match="字"):
            put("9" * 40)
        assert not Entity.objects.filter(uscc=THIRD).exists()


def test_companies_that_hold_each_other_are_marked_and_none_holds_itself(district):
    with scope.service():
        for code in (CODE, OTHER, THIRD):
            put(code)
        ring = [(CODE, OTHER), (OTHER, THIRD), (THIRD, CODE)]
        rows = [
            entity_ties.hold(
                f"entity:{of}", Share(name=by, holder=f"entity:{by}", share=Decimal(40)), word=WORD
            )
            for of, by in ring
        ]
        assert [one.circular for one in rows] == [False, False, True]
        with pytest.raises(Refused, match="自己"):
            entity_ties.hold(SUBJECT, Share(name="自己", holder=SUBJECT), word=WORD)
        with pytest.raises(Refused, match="0 至 100"):
            entity_ties.hold(SUBJECT, Share(name="某", share=Decimal(101)), word=WORD)


def test_the_score_is_the_sum_of_its_lines_and_forgets_what_is_no_longer_public(company):
    with scope.service():
        for number, until in (("1", date(2027, 1, 1)), ("2", date(2026, 3, 1))):
            decision = Decision(
                kind="penalty", number=number, title="超范围经营", authority="示例区市场监管局",
                decided_on=date(2026, 2, 1), grade="2", public_until=until,
            )  # fmt: skip
            entity_ties.decided(SUBJECT, decision, word=WORD)
        row = entity_facts.row(SUBJECT, clock.today())
        score = credit.score(row)
        assert score.points == credit.START + sum(line.points for line in score.lines) == 76
        assert [(line.rule.key, line.met, line.points) for line in score.lines] == [
            ("penalty", 1, -10),
            ("years", 6, 6),
        ]
        entity_ties.strike(EntityRecord.objects.get(number="1").id, because="已被撤销", by="house")
        assert credit.score(entity_facts.row(SUBJECT, clock.today())).points == 86


def test_many_are_entered_at_once_each_once_and_only_in_one_s_areas(company):
    source = sources.declare("bulk", zh="批量", en="Bulk", unit="440199-scj")
    here = Details(
        "有限责任公司", "示例路8号", "440199001001", date(2020, 3, 1), registered_capital=Decimal("12.34")
    )
    share = Share(name="某", share=Decimal("33.3"), since=date(2020, 3, 1))
    rows = [
        Told(
            code=entity_entering.code_of(code), name="批量企业", representative="某", document="x",
            as_of=date(2026, 1, 5), details=here, shareholders=(share,),
        )
        for code in (CODE, OTHER, OTHER[:-1] + "*")
    ]  # fmt: skip
    with company.looking("clerk_x"):
        entered = entity_loading.load(rows, source=source.code)
        assert sorted(entered) == sorted([OTHER, OTHER[:-1] + "*"]), "the one that is held is left alone"
        assert entity_loading.load(rows, source=source.code) == []
    for who in ("clerk_y", "stranger", "nobody"):
        with (
            company.scope_of(who),
            pytest.raises(ProgrammingError, match="row-level security"),
            transaction.atomic(),
        ):
            entity_loading.load(rows, source=source.code)
    with company.looking("service"):
        known = facts(
            f"entity:{OTHER}", ["entity.capital", "entity.code_ok", "entity.shareholders"], purpose=WHY
        )
        assert [one.value for one in known.values()] == ["12.34", True, 1]
        assert known["entity.capital"].source.zh == "批量"
        assert Entity.objects.get(name="批量企业", code_ok=False).uscc.endswith("*")
        late = Told(**{**vars(rows[0]), "code": entity_entering.code_of(THIRD), "until": date(2019, 1, 1)})
        with pytest.raises(Refused, match="成立日期晚于注销日期"):
            entity_loading.load([late], source=source.code)
