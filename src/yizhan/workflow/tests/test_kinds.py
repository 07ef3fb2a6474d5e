"""Tables and processes lie in packs; what is wrong with them is told with file and line."""

from pathlib import Path

import pytest

from yizhan.releases import citing
from yizhan.releases.kinds import Kinds
from yizhan.releases.pack import read
from yizhan.workflow import kinds, references
from yizhan.workflow.references import References
from yizhan.workflow.tests.dmn import ALLOWANCE as MODEL
from yizhan.workflow.tests.packs import ALLOWANCE, ELIGIBILITY

PACK = "code: allowance\ntitle: {zh: 津贴, en: Allowance}\nunit: mzj\n"


@pytest.fixture
def pack(tmp_path, monkeypatch):
    own = Kinds()
    own.announce(kinds.TABLE)
    own.announce(kinds.PROCESS)
    own.announce(kinds.MODEL)
    own.announce(kinds.MODEL_EXAMPLES)
    known = References()
    known.announce("role", lambda pack: [f"{pack.code}.clerk", f"{pack.code}.reviewer", f"{pack.code}.head"])
    monkeypatch.setattr(references, "house", known)
    monkeypatch.setattr(citing.house, "_opener", None)  # laws are of a room above

    def faults(flow=ALLOWANCE, table=ELIGIBILITY, examples=None, **more):
        folder = tmp_path / "allowance"
        for name, text in {
            "pack.yaml": PACK,
            "decisions/eligibility.table.yaml": table,
            "processes/allowance.flow.yaml": flow,
            **{f"decisions/{key}.dmn": text for key, text in more.items()},
            **({"decisions/amounts.examples.yaml": examples} if examples else {}),
        }.items():
            path: Path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        return [str(fault) for fault in read(folder, own).faults]

    return faults


def test_a_pack_in_order_has_only_its_unverified_law(pack):
    line = ALLOWANCE[: ALLOWANCE.index("basis:")].count("\n") + 1
    assert pack() == [
        f"processes/allowance.flow.yaml:{line} states.intake_check.limit.basis: 法律依据待核实：行政许可法"
    ]


def test_faults_of_both_kinds_come_with_their_lines(pack):
    found = pack(
        ALLOWANCE.replace("to: pay, marks", "to: payed, marks").replace("allowance.head", "allowance.boss"),
        ELIGIBILITY.replace('"< 70"', '"< seventy"'),
    )
    assert "decisions/eligibility.table.yaml:18 rules[0].when[0]: 没有名为 seventy 的事实" in found[0]
    assert any("states.approve.actions.grant.to: 没有环节 payed → 是否应为 pay？" in fault for fault in found)
    assert any("states.approve.role: 没有角色 allowance.boss" in fault for fault in found)


def test_a_key_is_the_name_of_its_file(pack):
    found = pack(table=ELIGIBILITY.replace("key: eligibility", "key: eligible"))
    assert "decisions/eligibility.table.yaml:2 key: key 须与文件同名（eligibility）" in found[0]


def test_an_unknown_key_is_told(pack):
    found = pack(ALLOWANCE.replace("distinct_from: [intake_check]", "distinct_form: [intake_check]"))
    assert any("states.review.distinct_form: 不认识的键" in fault for fault in found)


def test_beside_unknown_keys_a_wrong_name_is_told_at_once_too(pack):
    found = pack(
        ALLOWANCE.replace("distinct_from: [intake_check]", "distinct_form: [intake_check]").replace(
            "allowance.head", "allowance.boss"
        )
    )
    assert any("states.review.distinct_form: 不认识的键" in fault for fault in found)
    assert any("states.approve.role: 没有角色 allowance.boss" in fault for fault in found)


def test_names_of_one_kind_are_announced_once():
    known = References()
    known.announce("role", lambda _pack: [])
    with pytest.raises(ValueError, match="role"):
        known.announce("role", lambda _pack: [])


def test_models_of_the_standard_lie_beside_tables(pack):
    found = pack(amounts=MODEL.decode().replace("&lt; 70", "&lt; 7 0").replace("[70..90)", "[71..90)"))
    line = next(n for n, text in enumerate(MODEL.decode().splitlines(), 1) if "&lt; 70" in text)
    assert any(
        f"decisions/amounts.dmn:{line} Kind of allowance.rules[0].when[0]: 此处不应出现 0" in one
        for one in found
    )
    found = pack(amounts=MODEL.decode().replace("[70..90)", "[71..90)"))
    assert any("没有规则适用于，例如：Age in years = 70" in one for one in found)
    assert [one for one in pack(amounts=MODEL.decode()) if "amounts" in one] == [
        "decisions/amounts.dmn: 没有示例 → 请在 amounts.examples.yaml 至少写一个已知答案的例子"
    ]


EXAMPLES = """
examples:
  - {decision: amount, given: {Age in years: 95}, expect: {value: 1206}}
  - {decision: Kind of allowance, given: {Age in years: 69}, expect: {value: none}}
  - {decision: note, given: {Age in years: 80}, expect: {sum: 360}}
"""


def test_examples_of_a_model_are_tried(pack):
    assert any("旁边没有决策模型 amounts.dmn" in one for one in pack(examples=EXAMPLES))
    assert not any("amounts" in one for one in pack(amounts=MODEL.decode(), examples=EXAMPLES))
    wrong = (
        EXAMPLES.replace("1206", "1200")
        .replace("Kind of allowance", "Kind")
        .replace("years: 80", "yeers: 80")
    )
    found = [one for one in pack(amounts=MODEL.decode(), examples=wrong) if "amounts" in one]
    assert any(
        "amounts.examples.yaml:3 examples[0].expect.value: 应为 1200，实为 1206" in one for one in found
    )
    assert any("amounts.examples.yaml:4 examples[1].decision: 模型里没有 Kind" in one for one in found)
    assert any("examples[2].given.Age in yeers: 决策不使用事实 Age in yeers" in one for one in found)
    broken = pack(amounts=MODEL.decode().replace("&lt; 70", "&lt; 7 0"), examples=EXAMPLES)
    assert not any("amounts.examples.yaml" in one for one in broken)


def test_a_file_that_only_says_it_is_a_model_is_told(pack):
    assert any("decisions/amounts.dmn:1" in one for one in pack(amounts="key: amounts\n"))
