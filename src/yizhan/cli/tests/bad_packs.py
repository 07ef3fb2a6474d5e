"""Packs that were written badly, or to hurt: each is a new pack with one place changed, and what must be said of it."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from yizhan.cli import scaffold

FLOW, TABLE, FORM = (
    "processes/application.flow.yaml",
    "decisions/route.table.yaml",
    "forms/application.ui.yaml",
)
PAPER, BPMN, DMN = "documents/granted.typ", "processes/inspection.bpmn", "decisions/fee.dmn"
_WHEN = "'route = \"fast\"'"
_MANY = "count(for a in 1..1000, b in 1..1000, c in 1..1000 return a) > 1"
_STEPS = ("计算步数超过 100000", "more than 100000 steps")
_MODEL = "https://www.omg.org/spec/DMN/20230324/MODEL/"
_BPMN = "http://www.omg.org/spec/BPMN/20100524/MODEL"


class Trap(NamedTuple):
    """A pack ``code`` in whose ``file`` a text is exchanged (a file that is not there is written).

    ``place`` is where the fault must be told, with its line and key or id; the other two are words of it.
    """

    code: str
    file: str
    old: str
    new: str
    place: str
    zh: str
    en: str

    def lay(self, root: Path) -> None:
        """Make the pack."""
        folder = scaffold.new(root, self.code, title="测试", title_en="Test", unit="440104-mz")
        path = folder / self.file
        text = path.read_text(encoding="utf-8") if path.exists() else ""
        assert self.old in text, (self.code, self.old)
        path.write_text(text.replace(self.old, self.new, 1), encoding="utf-8")


def _process(inside: str, ways: str) -> str:
    """A process in BPMN; a way is ``a -> b``, one a line."""
    flows = "".join(
        f'\n<sequenceFlow id="{one[0]}_{one[1]}" sourceRef="{one[0]}" targetRef="{one[1]}"/>'
        for one in (way.split(" -> ") for way in ways.split("; "))
    )
    return (
        f'<definitions xmlns="{_BPMN}" xmlns:yz="urn:yizhan:bpmn:1" targetNamespace="urn:x">\n'
        '<process id="inspection" isExecutable="true">\n<startEvent id="start"/>\n'
        f'<userTask id="a" name="甲" yz:role="{{code}}.clerk"/>\n'
        f'<userTask id="b" name="乙" yz:role="{{code}}.clerk"/>\n{inside}\n<endEvent id="end"/>{flows}\n'
        "</process></definitions>"
    )


def _bpmn(code: str, inside: str, ways: str, place: str, zh: str, en: str) -> Trap:
    text = _process(inside, ways).replace("{code}", code)
    return Trap(code, BPMN, "", text, f"{BPMN}:{place}", zh, en)


def _dmn(code: str, cells: tuple[str, str], place: str, words: tuple[str, str]) -> Trap:
    rules = "\n".join(
        f"<rule><inputEntry><text>{cell}</text></inputEntry><outputEntry><text>1</text></outputEntry></rule>"
        for cell in cells
    )
    text = (
        f'<definitions xmlns="{_MODEL}" name="fee">\n<inputData id="age" name="age">'
        '<variable name="age" typeRef="number"/></inputData>\n<decision id="fee" name="fee"><variable name="fee"/>'
        '<informationRequirement><requiredInput href="#age"/></informationRequirement>\n<decisionTable>'
        f"<input><inputExpression><text>age</text></inputExpression></input><output/>\n{rules}\n"
        "</decisionTable></decision></definitions>"
    )
    return Trap(code, DMN, "", text, f"{DMN}:{place}", *words)


def _flow(code: str, old: str, new: str, place: str, words: tuple[str, str]) -> Trap:
    return Trap(code, FLOW, old, new, f"{FLOW}:{place}", *words)


def _condition(code: str, text: str, words: tuple[str, str] = _STEPS) -> Trap:
    return _flow(code, _WHEN, f"'{text}'", "15 states.check.cases[0].when", words)


def _paper(code: str, text: str, place: str, words: tuple[str, str]) -> Trap:
    return Trap(code, PAPER, "#show", f"{text}\n#show", f"{PAPER}{place}", *words)


_ROUND = "  round: {kind: automatic, title: {zh: 再来, en: Again}, phase: intake, to: check}"
_SPLIT = (
    '<exclusiveGateway id="split" default="split_b"/><sequenceFlow id="w" sourceRef="split" targetRef="a">'
    '<conditionExpression>1 = 1</conditionExpression></sequenceFlow>\n<parallelGateway id="join"/>'
)
_INCLUSIVE = (
    '<inclusiveGateway id="join"/>\n<exclusiveGateway id="x" default="x_end"/><sequenceFlow id="w" sourceRef="x" '
    'targetRef="join"><conditionExpression>1 = 1</conditionExpression></sequenceFlow>'
)

TRAPS = [
    # expressions that would take the machine down
    _condition("deep", "(" * 200 + "1" + ")" * 200 + " = 1", ("嵌套过深", "nested too deeply")),
    _condition("wide", "count(for i in 1..100000000000000 return i) > 0"),
    _condition("many", _MANY),
    _condition("large", 'string join(for a in 1..9999 return "' + "x" * 99 + '") = ""',
               ("文本超过 65536 字", "a text longer than 65536 characters")),
    _condition("own", "{f: function(g) g(g), r: f(f)}.r = 1", ("函数互相调用过深", "call one another too deeply")),
    Trap("cell", TABLE, '[">= 18"', f'["{_MANY}"', f"{TABLE}:14 rules[0].when[0]", *_STEPS),
    Trap("result", TABLE, "['\"fast\"']", f"['if {_MANY} then \"fast\" else \"check\"']",
         f"{TABLE}:15 rules[0].then[0]", *_STEPS),
    Trap("asked", FORM, "widget: phone", f"widget: phone\n            visible: '{_MANY}'",
         f"{FORM}:23 sections[0].pages[0].fields[2].visible", *_STEPS),
    _dmn("dmn_cell", (_MANY.replace(">", "&gt;"), "-"), "5 fee.rules[0].when[0]", _STEPS),
    # ways that never end, or never meet
    _flow("circle", "otherwise: acceptance", f"otherwise: round\n{_ROUND}",
          "17 states.round", ("没有人工的循环", "a circle in which nobody acts")),
    _flow("at_once", "limit: {working_days: 5}\n    actions:\n      accept:",
          "limit: {natural_hours: 0, on_expiry: {to: acceptance}}\n    actions:\n      accept:",
          "30 states.acceptance.limit.on_expiry", ("时间一到又回到 acceptance", "a time leads back to acceptance")),
    _bpmn("no_join", '<parallelGateway id="fork"/><userTask id="c" name="丙" yz:role="no_join.clerk"/>',
          "start -> fork; fork -> a; fork -> b; a -> c; b -> c; c -> end",
          "6 c", "两路会先后来到这里，缺少汇聚", "two ways come here one after the other"),
    _bpmn("waits", _SPLIT, "start -> split; split -> b; a -> join; b -> join; join -> end",
          "7 join", "汇聚等不齐：一直等“乙”那一路", "it waits for ever"),
    _bpmn("inclusive", _INCLUSIVE, "start -> a; a -> b; b -> join; join -> x; x -> end",
          "6 join", "永远停不下来", "it never ends"),
    # files that cannot be read
    _flow("tab", "    kind: decision", "\tkind: decision", "10", ("这一行用了制表符 → 缩进请用空格", "this line has a tab")),
    _flow("uneven", "    kind: decision", "   kind: decision", "11",
          ("检查这一行和上一行的缩进", "look how far this line and the one above are indented")),
    _flow("twice", "    phase: intake", "    phase: intake\n    kind: task", "13",
          ("键 states.check.kind 出现两次", "the key states.check.kind stands twice")),
    Trap("huge", BPMN, "", " " * 1_100_000, BPMN, "超过 1 MB 上限", "1 MB is the most"),
    Trap("cut", DMN, "", "<definitions><decision>", f"{DMN}:1", "不是有效的 XML", "no XML"),
    # names that nothing has
    Trap("fact", FORM, "fact: person.name", "fact: person.nam", f"{FORM}:14 sections[0].pages[0].fields[0].bind.fact",
         "没有 person.nam → 是否应为 person.name？", "no person.nam → did you mean person.name?"),
    Trap("place", "messages.yaml", "申请 {number} 已受理", "申请 {numbr} 已受理",
         "messages.yaml:10 messages.accepted.text.zh",
         "占位项 numbr 未在 parameters 中声明 → 是否应为 number？",
         "numbr is not declared under parameters → did you mean number?"),
    # papers that cannot be set, and pictures
    _paper("picture", '#image("seal.png")', ":3", ("模板中不能用 image", "image is not allowed in a template")),
    _paper("endless", "#{ let i = 0; while true { i = i + 1 } }", ":3", ("模板排不出来", "the template cannot be set")),
    Trap("seal", "documents/seal.png", "", "x" * 2_000_000, "documents/seal.png",
         "没有任何部分认得此文件", "nothing knows this file"),
]  # fmt: skip


def _dense() -> Trap:
    """Eighty states, each with ways to eight others all over the process."""
    states = "".join(
        f"  s{a}:\n    kind: task\n    title: {{zh: 环节, en: State}}\n    phase: review\n    role: dense.clerk\n"
        "    actions:\n"
        + "".join(
            f"      a{b}: {{title: {{zh: 去, en: Go}}, to: s{(a + 1 if b == 0 else a * 7 + b * 31) % 80}}}\n"
            for b in range(8)
        )
        + "      end: {title: {zh: 完, en: End}, to: done}\n"
        for a in range(80)
    )
    text = (
        f"key: dense\ntitle: {{zh: 密, en: Dense}}\nstart: s0\nstates:\n{states}"
        "  done: {kind: end, title: {zh: 完, en: Done}, outcome: done}\n"
    )
    file = "processes/dense.flow.yaml"
    return Trap(
        "dense", file, "", text, file, "走向太多，画成图也看不清", "there are too many ways for a picture"
    )


GAPS = [
    _dense(),
    _dmn("gap", ("&lt; 70", "&gt; 70"), "4 fee",
         ("没有规则适用于，例如：age = 70", "no rule holds, for example, for: age = 70")),
    _dmn("overlap", ("&lt;= 70", "&gt;= 70"), "4 fee",
         ("规则 1, 2 同时适用于，例如：age = 70", "the rules 1, 2 hold at once")),
]  # fmt: skip
"""What is only remarked on."""
