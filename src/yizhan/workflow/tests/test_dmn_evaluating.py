"""DMN models give the standard's answers: requirements, hit policies, boxed expressions, types."""

from datetime import UTC, datetime
from decimal import Decimal

import pytest

from yizhan import feel
from yizhan.workflow.dmn import DmnFault, Evaluator, read
from yizhan.workflow.tests.dmn import ALLOWANCE, NEW, decision, literal, model, needs, table

X = '<inputData id="x" name="X"/>'
ROWS = [("&gt; 1", '"b"'), ("&gt; 2", '"a"'), ("&gt; 3", '"b"')]


def value(body, type_="", types="", more="", **given):
    needed = needs("x") if "X" in given else ""
    found = read(model(types + X + more + decision(body, type_=type_, needs=needed)))
    return Evaluator(found).decide("D", given).value


def test_a_decision_brings_what_it_requires():
    asked = Evaluator(read(ALLOWANCE))
    assert asked.decide("Kind of allowance", {"Age in years": 72}).value == "old"
    assert asked.decide("Amount", {"Age in years": 91}).value == 1206
    assert asked.decide("Note", {"Age in years": 72}).value == {"Paid to": "账户", "sum": Decimal(360)}


def test_a_service_takes_its_input_decisions_from_the_caller():
    asked = Evaluator(read(ALLOWANCE))
    assert asked.serve("Offer", "Amount", {"Kind of allowance": "very old", "Age in years": 3}).value == 1206
    with pytest.raises(DmnFault, match="服务没有结果 Note"):
        asked.serve("Offer", "Note", {})


def test_what_is_not_known_is_null_with_a_reason():
    answer = Evaluator(read(ALLOWANCE)).decide("Kind of allowance", {})
    assert answer.value is None
    assert answer.reasons


@pytest.mark.parametrize(
    ("policy", "given", "expected"),
    [
        ('hitPolicy="UNIQUE"', 2, "b"),
        ('hitPolicy="UNIQUE"', 3, None),
        ('hitPolicy="ANY"', 2, "b"),
        ('hitPolicy="ANY"', 3, None),
        ('hitPolicy="FIRST"', 4, "b"),
        ('hitPolicy="PRIORITY"', 4, "a"),
        ('hitPolicy="RULE ORDER"', 4, ("b", "a", "b")),
        ('hitPolicy="OUTPUT ORDER"', 4, ("a", "b", "b")),
        ('hitPolicy="COLLECT"', 3, ("b", "a")),
        ('hitPolicy="COLLECT" aggregation="COUNT"', 4, 3),
        ('hitPolicy="COLLECT" aggregation="MIN"', 4, "a"),
        ("", 0, None),
    ],
)
def test_hit_policies(policy, given, expected):
    assert value(table(policy, ROWS, values='"a", "b"'), X=given) == expected


def test_a_table_has_a_result_where_no_rule_holds_if_it_says_so():
    assert value(table("", ROWS, default='"z"'), X=0) == "z"


def test_numbers_are_added_up():
    rows = [("-", "1.5"), ("&gt; 1", "2"), ("&gt; 9", "4")]
    assert value(table('hitPolicy="COLLECT" aggregation="SUM"', rows), X=3) == Decimal("3.5")


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (f"<list>{literal('1')}{literal('X + 1')}</list>", (1, 6)),
        (
            f'<relation><column name="a b"/><row>{literal("1")}</row><row>{literal("X")}</row></relation>',
            ({"a b": 1}, {"a b": 5}),
        ),
        (f"<filter><in>{literal('[1, 9]')}</in><match>{literal('item &gt; X')}</match></filter>", (9,)),
        (f"<filter><in>{literal('[1, 9]')}</in><match>{literal('item')}</match></filter>", None),
        (
            f'<for iteratorVariable="the one"><in>{literal("[1, 2]")}</in>'
            f"<return>{literal('the one * X')}</return></for>",
            (5, 10),
        ),
        (
            f'<some iteratorVariable="i"><in>{literal("[1, 7]")}</in>'
            f"<satisfies>{literal('i &gt; X')}</satisfies></some>",
            True,
        ),
        (
            f'<every iteratorVariable="i"><in>{literal("[1, 7]")}</in>'
            f"<satisfies>{literal('i &gt; X')}</satisfies></every>",
            False,
        ),
        (
            f"<conditional><if>{literal('X = 5')}</if><then>{literal('1')}</then>"
            f"<else>{literal('2')}</else></conditional>",
            1,
        ),
        (
            f"<conditional><if>{literal('X')}</if><then>{literal('1')}</then><else>{literal('2')}</else>"
            "</conditional>",
            None,
        ),
    ],
)
def test_boxed_expressions(body, expected):
    assert value(body, X=5) == expected


def test_a_context_without_a_name_for_its_last_entry_is_that_entry():
    function = f'<functionDefinition><formalParameter name="n"/>{literal("n * 2")}</functionDefinition>'
    call = (
        f'<invocation>{literal("twice")}<binding><parameter name="n"/>{literal("a")}</binding></invocation>'
    )
    body = (
        f'<context><contextEntry><variable name="a"/>{literal("3")}</contextEntry>'
        f'<contextEntry><variable name="twice"/>{function}</contextEntry><contextEntry>{call}</contextEntry></context>'
    )
    assert value(body) == 6


NAMES = '<itemDefinition name="tKinds" isCollection="true"><typeRef>tKind</typeRef></itemDefinition>'
KIND = (
    '<itemDefinition name="tKind"><typeRef>string</typeRef>'
    '<allowedValues><text>"a", "b"</text></allowedValues></itemDefinition>'
)


@pytest.mark.parametrize(
    ("text", "type_", "expected"),
    [
        ("1", "number", 1),
        ('"1"', "number", None),
        ("[1]", "number", 1),
        ('"a"', "tKind", "a"),
        ('"c"', "tKind", None),
        ('"a"', "tKinds", ("a",)),
        ('["a", "b"]', "tKinds", ("a", "b")),
        ('["a", "c"]', "tKinds", None),
        ("1", "list", (1,)),
    ],
)
def test_a_value_is_of_its_type_or_null(text, type_, expected):
    assert value(literal(text), type_=type_, types=NAMES + KIND) == expected


@pytest.mark.parametrize(
    ("inner", "words"),
    [
        (decision(literal("1 +")), "not finished"),
        (decision(literal("1"), type_="tNone"), "no type tNone"),
        (decision(literal("1"), needs=needs("gone")), "not in the model"),
        (decision(literal("1"), needs=needs("D", what="requiredDecision")), "depends on itself"),
        (decision(f"<invocation>{literal('gone')}</invocation>"), "no gone to be called"),
        (
            '<itemDefinition name="tA"><typeRef>tB</typeRef></itemDefinition>'
            '<itemDefinition name="tB"><typeRef>tA</typeRef></itemDefinition>'
            + decision(literal("1"), type_="tA"),
            "circle",
        ),
    ],
)
def test_a_faulty_model_says_where(inner, words):
    with pytest.raises(DmnFault) as caught:
        Evaluator(read(model(f"\n{inner}"))).decide("D", {})
    assert words in caught.value.en
    assert caught.value.place.line == 2


def test_an_unknown_decision_is_told():
    with pytest.raises(DmnFault, match="模型里没有 Gone"):
        Evaluator(read(ALLOWANCE)).decide("Gone", {})


def test_what_is_nested_without_measure_is_told():
    chain = "".join(
        decision(literal(f"D{n + 1}"), name=f"D{n}", needs=needs(f"D{n + 1}", what="requiredDecision"))
        for n in range(3000)
    )
    found = read(model(chain + decision(literal("1"), name="D3000")))
    with pytest.raises(DmnFault) as caught:
        Evaluator(found).decide("D0", {})
    assert "nested too deeply" in caught.value.en
    assert Evaluator(found).decide("D2990", {}).value == 1


def test_names_come_back_as_they_were_given():
    given = {"a b": {"1st": 2, "x/y": (3, {"c d": 4})}}
    assert value(literal("X"), X=given) == given
    assert value(literal("X.a b"), X=given, types='<itemDefinition name="a b"/>') == given["a b"]


FUNCTION = (
    '<businessKnowledgeModel id="f" name="Half of"><variable name="Half of" typeRef="number"/><encapsulatedLogic>'
    f'<formalParameter name="the sum" typeRef="number"/>{literal("the sum / 2")}'
    "</encapsulatedLogic></businessKnowledgeModel>"
)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Half of(8)", 4),
        ("Half of(the sum: 8) + 1", 5),
        ("for i in [2, 4] return Half of(i)", (1, 2)),
        ('Half of("8")', None),
        ("Half of(1, 2)", None),
        ("Half of(other: 1)", None),
        ("Half of(Half of(8))", 2),
    ],
)
def test_texts_call_the_functions_of_the_model(text, expected):
    found = read(model(FUNCTION + decision(literal(text), needs=needs("f", what="requiredKnowledge"))))
    assert Evaluator(found).decide("D", {}).value == expected


def test_texts_call_the_services_of_the_model():
    calls = decision(
        literal('Offer("very old") + Offer("old")'), needs=needs("offer", what="requiredKnowledge")
    )
    found = read(ALLOWANCE.replace(b"</definitions>", calls.encode() + b"</definitions>"))
    assert Evaluator(found).decide("D", {}).value == 1566


def test_a_function_is_a_value():
    kind = '<itemDefinition name="tFunction"><functionItem/></itemDefinition>'
    maker = decision(literal("function(n) n + 1"), name="maker", type_="tFunction")
    asking = decision(literal("maker(2)"), needs=needs("maker", what="requiredDecision"))
    assert Evaluator(read(model(kind + maker + asking))).decide("D", {}).value == 3


def test_the_moment_is_the_callers():
    service = '<decisionService id="s" name="s"><outputDecision href="#day"/></decisionService>'
    day = decision(literal("today()"), name="day")
    asking = decision(
        literal("[today(), s(), now()]"), needs=needs("s", what="requiredKnowledge"), type_="list"
    )
    asked, moment = Evaluator(read(model(service + day + asking))), datetime(2026, 11, 20, 9, 30, tzinfo=UTC)
    assert asked.decide("D", {}, moment).value == (moment.date(), moment.date(), moment)
    assert asked.decide("day", {}).value is None


def test_lists_of_lists_come_to_an_end():
    body, numbers = literal("1"), "for i in 1..999 return i"
    for name in "abcdef":
        body = f'<for iteratorVariable="{name}"><in>{literal(numbers)}</in><return>{body}</return></for>'
    with pytest.raises(feel.LimitFault):
        Evaluator(read(model(decision(body)))).decide("D", {})


def test_a_service_that_calls_itself_without_end_is_stopped():
    service = '<decisionService id="s" name="s"><outputDecision href="#D"/></decisionService>'
    found = read(model(service + decision(literal("s()"), needs=needs("s", what="requiredKnowledge"))))
    with pytest.raises(feel.Fault):
        Evaluator(found).decide("D", {})


LOWER = model(
    f'<itemDefinition name="tSmall"><typeRef>tAny</typeRef><allowedValues><text>&lt; 10</text></allowedValues>'
    f'</itemDefinition><itemDefinition name="tAny"><typeRef>number</typeRef></itemDefinition>{X}'
    + decision(literal("X + 1"), needs=needs("x"), name="One more")
).replace(b'name="allowance"', b'name="lower" namespace="urn:lower"')
UPPER = f'<import name="the lower" namespace="urn:lower" importType="{NEW}"/>{X}' + decision(
    literal("the lower.One more * 2 + X"),
    type_="the lower.tSmall",
    needs=needs("urn:lower#One more", what="requiredDecision") + needs("x"),
)


def test_a_model_uses_decisions_and_types_of_another():
    lower = read(LOWER)
    asked = Evaluator(read(model(UPPER)), {lower.namespace: lower})
    assert asked.decide("D", {"X": 1}).value == 5
    assert asked.decide("D", {"X": 5}).value is None  # 17 is not small


def test_an_imported_model_that_is_not_there_is_told():
    with pytest.raises(DmnFault, match="没有引用模型 urn:lower"):
        Evaluator(read(model(UPPER))).decide("D", {"X": 1})


def test_an_import_without_a_name_brings_its_parts_as_they_are_called():
    lower = read(LOWER)
    upper = UPPER.replace("the lower.", "").replace('name="the lower"', 'name=""')
    asked = Evaluator(read(model(upper)), {lower.namespace: lower})
    assert asked.decide("D", {"X": 1}).value == 5
    assert asked.decide("D", {"X": 5}).value is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("[1, 2]", (Decimal(1), Decimal(2))),
        ("[1, 20]", None),  # every entry must be allowed
        ("[1, 2, 3, 4]", None),  # and the list as a whole
    ],
)
def test_a_list_has_tests_for_its_entries_and_for_itself(text, expected):
    kind = (
        '<itemDefinition name="tFew" isCollection="true"><typeRef>number</typeRef>'
        "<allowedValues><text>&lt; 10</text></allowedValues>"
        "<typeConstraint><text>count(?) &lt; 4</text></typeConstraint></itemDefinition>"
    )
    found = read(model(kind + decision(literal(text), type_="tFew")))
    assert Evaluator(found).decide("D", {}).value == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("X instance of t pair", True),
        ("{left: 1} instance of t pair", False),
        ("{left: 1, right: {left: 1, right: 5}} instance of t pair", True),
        ("[X, X] instance of tPairs", True),
        ("[1] instance of tPairs", False),
        ("function(a) a instance of tTwice", None),
        ("(function(a) a) instance of tTwice", True),
        ("(function(a, b) a) instance of tTwice", False),
        ("1 instance of tUnheard", None),
    ],
)
def test_texts_ask_for_types_of_the_model(text, expected):
    kinds = (
        '<itemDefinition name="t pair"><itemComponent name="left"><typeRef>number</typeRef></itemComponent>'
        '<itemComponent name="right"><typeRef>t pair</typeRef></itemComponent></itemDefinition>'
        '<itemDefinition name="tPairs" isCollection="true"><typeRef>t pair</typeRef></itemDefinition>'
        '<itemDefinition name="tTwice"><functionItem outputTypeRef="number">'
        '<parameters name="a" typeRef="number"/></functionItem></itemDefinition>'
    )
    found = Evaluator(read(model(kinds + X + decision(literal(text), needs=needs("x")))))
    answer = found.decide("D", {"X": {"left": 1, "right": {"left": 2, "right": None}}}).value
    assert answer is expected or (expected is None and isinstance(answer, feel.Function))


def test_what_means_nothing_in_a_text_is_null_with_a_reason():
    answer = Evaluator(read(model(decision(literal("[unheard(1), 2]"))))).decide("D", {})
    assert answer.value == (None, Decimal(2))
    assert [reason.zh for reason in answer.reasons] == ["没有函数 unheard"]


@pytest.mark.parametrize("own", ["", needs("sum", what="requiredKnowledge")])
def test_a_function_of_a_model_may_call_itself(own):
    function = (
        f'<businessKnowledgeModel id="sum" name="sum up"><variable name="sum up"/>{own}<encapsulatedLogic>'
        '<formalParameter name="list"/>'
        f"{literal('if count(list) = 0 then 0 else list[1] + sum up(remove(list, 1))')}"
        "</encapsulatedLogic></businessKnowledgeModel>"
    )
    asking = decision(literal("sum up(X)"), needs=needs("x") + needs("sum", what="requiredKnowledge"))
    found = Evaluator(read(model(function + X + asking)))
    assert found.decide("D", {"X": [1, 2, 3, 4]}).value == 10
    with pytest.raises(feel.LimitFault):
        found.decide("D", {"X": list(range(100))})


def test_a_function_of_the_model_goes_before_one_of_the_language_in_cells_too():
    function = (
        '<businessKnowledgeModel id="f" name="abs"><variable name="abs"/><encapsulatedLogic>'
        f'<formalParameter name="n"/>{literal("n * 100")}</encapsulatedLogic></businessKnowledgeModel>'
    )
    body = table('hitPolicy="FIRST"', [("abs(-1)", '"minus"'), ("abs(1)", "abs(2)"), ("-", "0")])
    asking = decision(body, needs=needs("x") + needs("f", what="requiredKnowledge"))
    found = Evaluator(read(model(function + X + asking)))
    assert [found.decide("D", {"X": number}).value for number in (-100, 100, 1)] == ["minus", 200, 0]
