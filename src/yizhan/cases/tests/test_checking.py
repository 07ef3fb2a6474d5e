"""A slip in any file of a pack is told with its file, line and the nearest name that is there."""

from __future__ import annotations

import shutil
import uuid

import pytest
from django.conf import settings

from yizhan.cases import paper_data
from yizhan.cases.models import Case
from yizhan.cases.step import Step
from yizhan.identity import scope
from yizhan.identity.actor import HOUSE
from yizhan.identity.models import Unit
from yizhan.releases.faults import Weight
from yizhan.releases.pack import read

ELDERLY = next(root / "elderly_allowance" for root in settings.PACKS if (root / "elderly_allowance").exists())
ITEM, FLOW = "items/elderly_allowance.yaml", "processes/application.flow.yaml"
FORM, TABLE = "forms/application.ui.yaml", "decisions/eligibility.table.yaml"
PAYMENT = "payments/elderly_allowance.yaml"


@pytest.fixture
def spoiled(tmp_path):
    """The elderly allowance with some places changed; the errors of it."""

    def spoil(*changes):
        folder = tmp_path / "elderly_allowance"
        shutil.copytree(ELDERLY, folder)
        for file, before, after in changes:
            path = folder / file
            text = path.read_text(encoding="utf-8")
            assert before in text
            path.write_text(text.replace(before, after, 1), encoding="utf-8")
        return [str(fault) for fault in read(folder).errors]

    return spoil


@pytest.mark.django_db
def test_misspelt_names_are_found_all_at_once_each_with_the_nearest(spoiled):
    slips = [
        (FLOW, "elderly_allowance.clerk", "elderly_allowance.clark", "是否应为 elderly_allowance.clerk"),
        (FLOW, "template: accepted", "template: acepted", "acepted → 是否应为 accepted"),
        (FLOW, "to: granted", "to: grantd", "没有环节 grantd → 是否应为 granted"),
        (FLOW, 'route = "grant"', 'rote = "grant"', "没有名为 rote 的事实 → 是否应为 route"),
        (ITEM, "refused: refused", "refused: refusd", "papers.refused: 应用包里没有 refusd → 是否应为 refused"),
        (ITEM, "fact: person.age", "fact: person.aeg", "基础库没有信息项 person.aeg → 是否应为 person.age"),
        (ITEM, "declaration.other_allowance", "declaration.other", "declaration.other → 是否应为 declaration.other_"),
        (ITEM, "name: alive", "name: alife", "需要 alive，这里没有给出 → 是否应为 alife"),
        (ITEM, "output: monthly", "output: montly", "没有结果列 montly → 是否应为 monthly"),
        (TABLE, "name: age", "name: agee", "需要 agee，这里没有给出 → 是否应为 age"),
        (FORM, "fact: person.age", "fact: person.agee", "没有 person.agee → 是否应为 person.age"),
        (FORM, "source: person, fact: person.name", "source: persn, fact: person.name", "没有登记过数据来源 persn"),
        (FORM, "path: account.bank", "path: account.bnak", "schema 里没有 account.bnak → 是否应为 account.bank"),
        ("messages.yaml", "  rate_us:", "  rate_once:", "messages.rate_us.parameters[1].key: 办件不能给出 missing"),
        ("messages.yaml", "  supplement:", "  rate_us:", "messages.rate_us.parameters[2].key: 办件不能给出 due"),
        ("documents/granted.yaml", "key: bank", "key: bnak", "办件不能给出 bnak → 是否应为 bank"),
        (PAYMENT, "elderly_allowance.payer", "elderly_allowance.player", "player → 是否应为 elderly_allowance.payer"),
    ]  # fmt: skip
    found = spoiled(*(slip[:3] for slip in slips))
    for *_slip, words in slips:
        assert any(words in fault for fault in found), (words, found)


@pytest.mark.django_db
def test_misspelt_names_of_whole_files_are_found(spoiled):
    slips = [
        (ITEM, "process: application", "process: aplication", "aplication → 是否应为 application"),
        (ITEM, "form: application", "form: applicaton", "applicaton → 是否应为 application"),
        (ITEM, "table: amount", "table: amont", "terms[0].table: 应用包里没有 amont → 是否应为 amount"),
        ("messages.yaml", "key: missing", "key: missin", "占位项 missing 未在 parameters 中声明"),
        (PAYMENT, "item: elderly_allowance", "item: elderly_alowance", "elderly_alowance → 是否应为 elderly_allowance"),
        (FLOW, "table: eligibility", "table: eligibilty", "没有决策表 eligibilty → 是否应为 eligibility"),
    ]  # fmt: skip
    found = spoiled(*(slip[:3] for slip in slips))
    for *_slip, words in slips:
        assert any(words in fault for fault in found), (words, found)


@pytest.mark.django_db
def test_a_message_that_a_paper_is_there_has_no_reason_to_give(spoiled):
    found = spoiled(
        ("messages.yaml", "  paper_refused:", "  paper_before:"),
        ("messages.yaml", "  suspended:", "  paper_refused:"),
    )
    assert any("messages.paper_refused.parameters[1].key: 办件不能给出 reason" in fault for fault in found)


@pytest.mark.django_db
def test_companies_are_not_asked_what_only_persons_have(spoiled):
    found = spoiled((ITEM, "objects: [person]", "objects: [person, entity]"))
    facts = [fault for fault in found if "objects: 信息项" in fault and "不是法人的" in fault]
    assert facts == found
    assert any("person.born" in fault for fault in facts)


@pytest.mark.django_db
def test_a_file_with_faults_of_its_own_is_not_told_as_missing(spoiled):
    found = spoiled((FLOW, "start: check", "strat: check"))
    assert len(found) == 2
    assert all(fault.startswith(FLOW) for fault in found)


@pytest.mark.django_db
def test_a_misspelt_unit_is_a_warning_once_the_district_is_founded(tmp_path):
    folder = tmp_path / "elderly_allowance"
    shutil.copytree(ELDERLY, folder)
    path = folder / ITEM
    path.write_text(
        path.read_text(encoding="utf-8").replace('unit: "440104-mz"', 'unit: "440104-mx"'), encoding="utf-8"
    )
    assert not any("440104-mx" in str(fault) for fault in read(folder).faults)
    Unit(code="440104-mz", name="民政局", kind="department", division="440104000000").found(by=HOUSE)
    found = [fault for fault in read(folder).faults if "440104-mx" in str(fault)]
    assert [fault.weight for fault in found] == [Weight.WARNING]
    assert "是否应为 440104-mz" in str(found[0])


@pytest.mark.django_db
def test_papers_in_both_languages_need_english(spoiled):
    found = spoiled((ITEM, "papers:\n", "papers:\n  language: both\n"))
    assert len(found) == 6
    assert all(one.startswith("documents/") and "还没有英文" in one for one in found)


SIGNS = "signed_by: elderly_allowance.approver\ndata:\n"
POST = "  - {key: signed_post, meaning: {zh: 签发人岗位, en: post}, example: 局长}\n"
NAMES = POST + "  - {key: signed_name, meaning: {zh: 签发人, en: who signs}, example: 李海燕}\n"
STAMP = (
    "letter.with(to: data.name)",
    "letter.with(to: data.name, signer: (data.signed_post, data.signed_name))",
)


def signed(paper, *, names=NAMES):
    """A paper that the approver signs, with a place for her stamp."""
    return [
        (f"documents/{paper}.yaml", "data:\n", SIGNS + names),
        (f"documents/{paper}.typ", *STAMP),
    ]


@pytest.mark.django_db
def test_whoever_decides_may_sign(spoiled):
    assert spoiled(*signed("refused")) == []


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ([*signed("refused"), (ITEM, "papers:\n", "papers:\n  receipt: refused\n")], "随申请人的操作出具"),
        ([*signed("refused"), (ITEM, "papers:\n", "papers:\n  withdrawn: refused\n")], "随申请人的操作出具"),
        ([*signed("refused"), (ITEM, "papers:\n", "papers:\n  delivery: refused\n")], "送达回证由参与办理的单位登记"),
        (signed("granted"), "由系统出具这份文书，没有签发人"),
        (signed("not_accepted"), "由 elderly_allowance.clerk 办理，签发人须任同一角色"),
        (signed("not_accepted"), "不在事项的承办单位办理"),
        (signed("refused", names=POST)[:1], "须有数据项 signed_name"),
        (signed("refused")[:1], "模板没有留出签名章的位置"),
    ],
)  # fmt: skip
def test_a_paper_that_nobody_could_sign_is_refused(spoiled, changes, told):
    found = spoiled(*changes)
    assert any(told in fault for fault in found), found
    assert all(fault.startswith("documents/") for fault in found), found


def test_papers_may_ask_for_exactly_what_a_case_gives(town):
    number = town.apply("li")
    with scope.service():
        case = Case.objects.select_related("item").get(number=number)
        step = Step(case, by=HOUSE, command=uuid.uuid4(), kind="test")
        chinese, english = paper_data.of(step, {"outcome": "granted"}, languages=("zh-hans", "en"))
    assert set(chinese) == set(english) == paper_data.PAPER_DATA
    assert chinese["channel"] != english["channel"]
    assert chinese["number"] == english["number"] == number


@pytest.mark.django_db
def test_a_form_that_cannot_be_printed_is_told_to_its_author(spoiled):
    (told,) = spoiled((FORM, "zh: 银行账号", "zh: 银行账号🫠"))
    assert told.startswith(f"{ITEM}:73 handling.form: 空白申请表排不出来：字库中没有“🫠”字")
