"""A pack's form is checked before it is published: everything wrong is said at once, at its line."""

from __future__ import annotations

import copy
import json

import pytest

from yizhan.forms import checking, kinds, sources
from yizhan.releases.kinds import Kinds
from yizhan.releases.kinds import house as all_kinds
from yizhan.releases.pack import read

MANIFEST = 'code: test_pack\ntitle: {zh: 测试, en: Test}\nunit: "440104-mz"\n'


@pytest.fixture(autouse=True)
def register(monkeypatch):
    """A source that knows a person's name, number, birthday, address and age."""
    own = sources.Sources()
    own.announce("person", lambda: ["name", "id_number", "born", "address", "age"])
    monkeypatch.setattr(checking.sources, "house", own)
    return own


@pytest.fixture
def pack(tmp_path, schema, sheet):
    """Write the example with changes, and say what is wrong with it."""
    own = Kinds()
    own.announce(kinds.FORM)
    own.announce(kinds.SCHEMA)
    folder = tmp_path / "test_pack"
    (folder / "forms").mkdir(parents=True)
    (folder / "pack.yaml").write_text(MANIFEST, encoding="utf-8")

    def write(schema_=schema, sheet_=sheet, *, without=()):
        texts = {
            "a.schema.json": json.dumps(schema_, ensure_ascii=False),
            "a.ui.yaml": json.dumps(sheet_, ensure_ascii=False, indent=1),  # JSON is YAML too
        }
        for name, text in texts.items():
            if name not in without:
                (folder / "forms" / name).write_text(text, encoding="utf-8")
        return [str(fault) for fault in read(folder, own).faults]

    return write


def questions(sheet):
    """All questions of a sheet by path, those in rows as ``members[].name``."""
    found = {}
    for section in sheet["sections"]:
        for page in section["pages"]:
            for field in page["fields"]:
                found[field["path"]] = field
                found |= {f"{field['path']}[].{inner['path']}": inner for inner in field.get("fields", [])}
    return found


def edit(question, /, **changes):
    """A change of one question; None takes a word out."""

    def change(sheet):
        here = questions(sheet)[question]
        here.update({key: value for key, value in changes.items() if value is not None})
        for key in [key for key, value in changes.items() if value is None]:
            del here[key]

    return change


def edit_at(*way, **changes):
    """A change of what lies at a place such as ``"sections", 1``."""

    def change(sheet):
        here = sheet
        for step in way:
            here = here[step]
        here.update(changes)

    return change


SELF = {"value": "self", "label": {"zh": "为本人", "en": "For myself"}}
OTHER = {"value": "other", "label": {"zh": "为他人", "en": "For another"}}
BIND = {"source": "person", "fact": "name", "mode": "locked"}
AGE = {"name": "age", "source": "person", "fact": "age"}
HINTED = {"value": "child", "label": {"zh": "子女", "en": "Child"}, "hint": {"zh": "说明", "en": "Hint"}}


def test_both_kinds_are_announced():
    assert all_kinds.of_file("forms", "application.ui.yaml") is kinds.FORM
    assert all_kinds.of_file("forms", "application.schema.json") is kinds.SCHEMA


def test_the_example_is_fine(pack):
    assert pack() == []


def test_a_form_needs_both_files(pack):
    assert any(
        "缺少同名的数据结构文件 forms/a.schema.json" in line for line in pack(without=["a.schema.json"])
    )


def test_a_schema_needs_its_sheet(pack):
    assert any("缺少同名的布局文件 forms/a.ui.yaml" in line for line in pack(without=["a.ui.yaml"]))


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (
            edit("applicant.name", path="applicant.nam"),
            "schema 里没有 applicant.nam → 是否应为 applicant.name",
        ),
        (edit("applicant.name", path="applicant.nam"), "schema 的 applicant.name 没有对应的填写项"),
        (
            edit("applicant.name", widget="date"),
            "控件 date 与 schema 不合 → 它需要 type: string, format: date",
        ),
        (edit("applicant.name", widget="radio"), "“radio”不在可选范围"),
        (edit("applicant.address", path="applicant.name"), "applicant.name 已经问过一次"),
        (edit("applicant.name", bind=BIND | {"fact": "nmae"}), "数据来源 person 没有 nmae → 是否应为 name"),
        (edit_at("facts", 0, fact="agee"), "数据来源 person 没有 agee → 是否应为 age"),
        (edit_at("facts", 0, source="persons"), "没有登记过数据来源 persons"),
        (edit_at(facts=[AGE, AGE]), "事实 age 出现两次"),
        (edit_at("facts", 0, name="rooms"), "事实 rooms 与填写项同名"),
        (edit_at("sections", 1, visible="for_whon = 1"), "条件里的 for_whon 无人提供 → 是否应为 for_whom"),
        (edit_at("sections", 1, visible="for_whom = "), "条件写错了"),
        (
            edit_at("sections", 1, visible="count(for a in 1..999, b in 1..999 return a) = 1"),
            "条件写错了：计算步数超过",
        ),
        (edit_at("sections", 0, visible="rooms > 1"), "条件只能用前面问过的项，rooms 在后面"),
        (edit("members[].employer", visible="work = true"), "条件里的 work 无人提供 → 是否应为 works"),
        (edit("members[].employer", required="work = true"), "条件里的 work 无人提供 → 是否应为 works"),
        (edit("account.number", visible="age > 80"), "schema 规定 account.number 必填，它却可能不出现"),
        (edit("agent.name", visible="age > 80"), "schema 规定 agent.name 必填，它却可能不出现"),
        (edit("members[].name", visible="age > 80"), "schema 规定 members[].name 必填"),
        (edit("account.number", required="age > 80"), "schema 已规定必填，不必再写条件"),
        (edit("account.number", required=True), "这里只写 FEEL 条件"),
        (edit("account.branch_code", wrong=None), "schema 写了 pattern，这里须说明不符合时的提示文字"),
        (edit("for_whom", options=[SELF]), "缺少选项 other 的文字"),
        (edit("for_whom", options=[SELF | {"value": "sefl"}, OTHER]), "enum 里没有 sefl → 是否应为 self"),
        (edit("for_whom", options=[SELF, OTHER, SELF]), "选项 self 出现两次"),
        (edit("agent.relation", options=[HINTED]), "下拉框不显示选项的说明"),
        (edit("applicant.name", accept=["pdf"]), "控件 text 不用这一项"),
        (edit("members", fields=[]), "可增行须写明每一行的填写项"),
        (edit("members[].name", bind=BIND | {"mode": "suggest"}), "可增行里预填的项只能锁定"),
        (edit_at("sections", 1, key="person"), "部分 person 出现两次"),
        (edit_at("sections", 1, "pages", 0, key="account"), "页 account 出现两次"),
        (edit_at(print_order=["person"]), "打印顺序须把每个部分恰好列出一次"),
        (edit_at("rules", 0, at="stay_too"), "没有填写项 stay_too → 是否应为 stay_to"),
        (edit_at("rules", 0, must="stay_to >= arrival"), "条件里的 arrival 无人提供"),
        (edit_at(titel="x"), "titel: 不认识的键 → 是否应为 title"),
    ],
)
def test_each_fault_of_a_sheet_is_said(pack, sheet, change, said):
    change(sheet)
    lines = pack()
    assert any(said in line for line in lines), lines
    assert all(line.startswith("forms/a.ui.yaml") for line in lines), lines


def test_faults_carry_their_line(pack, sheet):
    questions(sheet)["account.number"]["widget"] = "phone"
    text = json.dumps(sheet, ensure_ascii=False, indent=1).splitlines()
    line = 1 + next(n for n, part in enumerate(text) if "account.number" in part)
    (said,) = pack()
    number = int(said.split(":")[1].split(" ")[0])
    assert line < number <= line + 8
    assert "sections[2].pages[0].fields[1].widget" in said


def test_several_faults_are_said_at_once(pack, sheet):
    questions(sheet)["applicant.name"]["widget"] = "money"
    questions(sheet)["account.number"]["visible"] = "nonsense = 1"
    sheet["sections"][1]["key"] = "person"
    assert len(pack()) >= 4


def test_a_source_that_nobody_announced_is_a_warning_only(pack, register, monkeypatch):
    monkeypatch.setattr(checking.sources, "house", sources.Sources())
    lines = pack()
    assert len(lines) == 6
    assert all("没有登记过数据来源 person" in line for line in lines)


def test_parts_of_days_and_columns_of_groups_can_be_asked_for(pack, sheet):
    questions(sheet)["needs"]["visible"] = "applicant.born.year < 1950 and sum(members.income) < 5000"
    assert pack() == []
    questions(sheet)["needs"]["visible"] = "applicant.born.jahr < 1950 and sum(members.pay) < 5000"
    assert len(pack()) == 2


def test_a_group_in_a_group_and_unlimited_lists_are_refused(pack, schema, sheet):
    rows = schema["properties"]["members"]["items"]["properties"]
    rows["jobs"] = copy.deepcopy(schema["properties"]["members"])
    del schema["properties"]["members"]["maxItems"]
    members = questions(sheet)["members"]
    members["fields"].append(copy.deepcopy(members) | {"path": "jobs"})
    lines = pack()
    assert any("可增行里不能再放可增行" in line for line in lines)
    assert any("schema 须写明 maxItems" in line for line in lines)


def test_a_broken_schema_is_said_once_at_the_schema(pack, schema):
    schema["properties"]["rooms"]["type"] = "integr"
    lines = pack()
    assert len(lines) == 1
    assert lines[0].startswith("forms/a.schema.json:1 properties.rooms.type")


def test_two_rooms_cannot_announce_one_source(register):
    with pytest.raises(sources.SourceTaken):
        register.announce("person", list)
