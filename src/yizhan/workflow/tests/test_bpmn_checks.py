"""What is wrong with a BPMN process is told at its element before anyone waits for it."""

import pytest

from yizhan.workflow.bpmn import BpmnFault, Library, read
from yizhan.workflow.bpmn.checking import Names, problems
from yizhan.workflow.bpmn.soundness import unsound
from yizhan.workflow.markup import LARGEST
from yizhan.workflow.tests.bpmn import (
    END,
    HEAD,
    START,
    file,
    flow,
    flows,
    found,
    gateway,
    graph,
    process,
    task,
)

SOUND = process(START, task("a"), END, flows("start -> a -> end"))


def test_a_sound_process_has_no_fault():
    assert found(file(SOUND)) == []


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"no xml", "no XML"),
        (b"<a/>", "no model of BPMN"),
        (b"", "no XML"),
        (b"<!DOCTYPE a [<!ENTITY b 'c'>]>" + file(SOUND), "document type"),
        (file(SOUND).replace(b"done", b"\xff\xfe"), "no XML"),
        (b" " * (LARGEST + 1), "larger than"),
        ((HEAD + "<documentation>" * 70 + "</documentation>" * 70 + "</definitions>").encode(), "nested too deeply"),
        ((HEAD + "<message id='m'/></definitions>").encode(), "no process"),
    ],
)  # fmt: skip
def test_a_file_that_cannot_be_read_is_refused_with_its_line(data, words):
    with pytest.raises(BpmnFault) as caught:
        read(data)
    assert words in caught.value.en
    assert caught.value.place.line >= 1
    assert caught.value.zh.startswith("第 ")


@pytest.mark.parametrize(
    ("inside", "words"),
    [
        (flows("start -> a -> end; a -> nowhere"), "targetRef refers to “nowhere”"),
        (task("a") + flows("start -> a -> end"), "the id is that of the element in line 1"),
        ('<userTask name="x"/>' + flows("start -> a -> end"), "a userTask has no id"),
        ('<receiveTask id="r" messageRef="tns:gone"/>' + flows("start -> a -> end"), "messageRef refers to “tns:gone”"),
        ('<boundaryEvent id="b" attachedToRef="gone"/>' + flows("start -> a -> end"), "attachedToRef refers"),
        ('<sequenceFlow id="f" targetRef="a"/>' + flows("start -> a -> end"), "a sequence flow has no sourceRef"),
    ],
)  # fmt: skip
def test_ids_are_given_once_and_refer_to_something(inside, words):
    data = file(process(START, task("a"), END, inside))
    assert any(words in fault.matter for fault in read(data).faults)
    assert found(data) != []


@pytest.mark.parametrize(
    ("element", "words"),
    [
        ('<task id="x"/>', "a task without a type is not executed"),
        ('<scriptTask id="x"><script>rm</script></scriptTask>', "packs carry no programs"),
        ('<manualTask id="x"/>', "a manual task is not executed"),
        ('<complexGateway id="x"/>', "Complex gateway: not executed"),
        ('<adHocSubProcess id="x"/>', "Ad-hoc sub-process: not executed"),
        ('<transaction id="x"/>', "Transaction: not executed"),
        ('<intermediateThrowEvent id="x"><signalEventDefinition/></intermediateThrowEvent>', "kind signal"),
        ('<intermediateCatchEvent id="x"><linkEventDefinition/></intermediateCatchEvent>', "kind link"),
        ('<intermediateCatchEvent id="x"/>', "it does not say what is awaited"),
        ('<intermediateCatchEvent id="x"><timerEventDefinition><timeCycle>R/P1D</timeCycle></timerEventDefinition>'
         "</intermediateCatchEvent>", "a cycle of times"),
        ('<intermediateCatchEvent id="x"><timerEventDefinition/></intermediateCatchEvent>', "does not say when"),
        ('<userTask id="x"/>', "who acts"),
        ('<userTask id="x" yz:role="p.clerk"><standardLoopCharacteristics/></userTask>', "a loop marker"),
        ('<userTask id="x" yz:role="p.clerk" isForCompensation="true"/>', "compensation"),
        ('<userTask id="x" yz:role="p.clerk"><potentialOwner id="o"/></userTask>', "who acts is said by yz:role"),
        ('<userTask id="x" yz:role="p.clerk"><multiInstanceLoopCharacteristics/></userTask>', "several instances come"),
        ('<serviceTask id="x"/>', "what is done (yz:does)"),
        ('<sendTask id="x"/>', "what is sent"),
        ('<receiveTask id="x"/>', "which message is awaited"),
        ('<businessRuleTask id="x"/>', "which table"),
        ('<callActivity id="x"/>', "what it calls"),
        ('<subProcess id="x" triggeredByEvent="true"/>', "an event sub-process"),
        ('<subProcess id="x"/>', "there is no start event"),
        ('<serviceTask id="x" yz:dose="stamp"/>', "yz:dose"),
        ('<userTask id="x" yz:role="p.clerk"><extensionElements><yz:action key="A B"/></extensionElements></userTask>',
         "yz:actions[0].key"),
    ],
)  # fmt: skip
def test_what_is_not_executed_is_named_with_its_reason(element, words):
    data = file(process(START, element, END, flows("start -> x -> end")))
    told = found(data)
    assert [said for id_, said in told if id_ in {"x", "o"} and words in said]


@pytest.mark.parametrize(
    ("inside", "at", "words"),
    [
        (gateway("exclusive", "g") + flows("start -> a -> g -> end"), "", ""),
        (gateway("exclusive", "g") + flows("start -> g -> a -> end") + flow("g -> end"), "g_a", "needs a condition"),
        (gateway("exclusive", "g") + flows("start -> g; a -> end") + flow("g -> a", "1 = 1"), "g", "no default flow"),
        (gateway("parallel", "g") + flows("start -> g; a -> end") + flow("g -> a", "1 = 1"), "g_a", "has no condition"),
        (flow("start -> a", "true") + flows("a -> end"), "start_a", "start event has no condition"),
        (flows("start -> end"), "a", "no flow leads here"),
        (flows("start -> a"), "a", "no flow leaves it"),
        (flow("a -> end", "x >") + flows("start -> a"), "a_end", "not finished"),
        (flow("a -> end", "nobody = 1") + flows("start -> a"), "a", "no fact or step named nobody"),
        (flow("a -> end", "a.amount = 1") + flows("start -> a"), "a", "the step a leaves no amount"),
        (flow("a -> end", attributes='yz:marks="decided"') + flows("start -> a"), "a_end", "belong together"),
        (flow("a -> end", attributes='yz:marks="done"') + flows("start -> a"), "a_end", "yz:marks"),
        ('<boundaryEvent id="b" attachedToRef="a"><errorEventDefinition/></boundaryEvent>'
         + flows("start -> a -> end; b -> end"), "b", "no error is met at a user task"),
        ('<boundaryEvent id="b" attachedToRef="a"><signalEventDefinition/></boundaryEvent>'
         + flows("start -> a -> end; b -> end"), "b", "kind signal"),
    ],
)  # fmt: skip
def test_ways_conditions_and_notes_are_checked(inside, at, words):
    told = found(file(process(START, task("a"), END, inside)))
    if not at:
        assert told == []
    else:
        assert [said for id_, said in told if id_ == at and words in said], told


def test_another_language_of_expressions_is_refused_by_its_name():
    ways = flow("a -> end", "${x}").replace(
        "<conditionExpression>", '<conditionExpression language="groovy">'
    )
    told = found(file(process(START, task("a"), END, flows("start -> a"), ways)))
    assert ("a_end", "expressions are FEEL, not groovy") in told
    feel = ways.replace("groovy", "http://www.omg.org/spec/FEEL/20140401").replace("${x}", "true")
    default = process(START, task("a"), END, flows("start -> a"), feel).replace(
        'id="a"', 'id="a" default="a_end"'
    )
    assert found(file(default)) == []


def test_names_of_the_house_are_checked_and_suggested():
    inside = task(
        "a", extension='<yz:action key="ok" title="好" flow="a_end"/>', attributes='yz:form="visit"'
    )
    letter = "<extensionElements><yz:send template='gone'/></extensionElements>"
    ways = flow("a -> end").replace("</sequenceFlow>", letter + "</sequenceFlow>")
    rule = '<businessRuleTask id="r" yz:table="eligible"/><serviceTask id="s" yz:does="stamp"/>'
    data = file(process(START, inside, rule, END, flows("start -> r -> s -> a"), ways))
    names = Names(
        {"role": ["p.head"], "form": [], "template": ["given"], "work": ["stamps"]}, ["eligibility"]
    )
    assert set(found(data, names=names)) == {
        ("a", "there is no role p.clerk"),
        ("a", "there is no form visit"),
        ("a", "there is no template gone"),
        ("s", "there is no work stamp"),
        ("r", "there is no decision table eligible"),
    }


JOIN = gateway("parallel", "fork", "join") + gateway("exclusive", "split", attributes='default="split_b"')


@pytest.mark.parametrize(
    ("ways", "at", "words"),
    [
        ("start -> fork -> a -> join; fork -> b -> join -> end", "", ""),
        (
            "start -> split -> b -> join; SPLIT; a -> join -> end",
            "join",
            "it waits for ever for the way from",
        ),
        ("start -> fork -> a -> c; fork -> b -> c -> end", "c", "two ways come here one after the other"),
        ("start -> split -> b -> end; SPLIT; a -> split", "", ""),
    ],
)
def test_ways_that_part_must_meet(ways, at, words):
    plain = ways.replace("SPLIT; ", "")
    extra = flow("split -> a", "1 = 1") if "SPLIT" in ways else ""
    used = [key for key in ("fork", "join", "split") if key in plain]
    parts = "".join(part for part in JOIN.split("/>") if any(f'id="{key}"' in part for key in used))
    parts = parts.replace("<", "/><")[2:] + "/>"
    tasks = "".join(task(key) for key in "abc" if f" {key} " in f" {plain.replace(';', ' ')} ")
    told = found(file(process(START, parts, tasks, END, flows(plain), extra)))
    if not at:
        assert told == []
    else:
        assert [said for id_, said in told if id_ == at and words in said], told


def test_a_way_that_is_told_shows_how_it_comes_about():
    data = file(
        process(START, gateway("parallel", "fork"), task("a"), task("b"), task("c"), END,
                flows("start -> fork; fork -> a -> c; fork -> b -> c -> end"))
    )  # fmt: skip
    ((id_, said),) = found(data)
    assert id_ == "c"
    assert said.endswith("(Start → fork → a → b → c)")


def test_a_circle_without_people_and_a_way_without_an_end_are_told():
    circle = (
        gateway("exclusive", "g", attributes='default="g_w"') + '<serviceTask id="w" yz:does="x"/>'
        + flow("g -> end", "1 = 1") + flows("start -> g; g -> w; w -> g")
    )  # fmt: skip
    told = found(file(process(START, circle, END)))
    assert [said for id_, said in told if id_ == "g" and "nothing rests in this circle" in said]
    trap = gateway("exclusive", "g", attributes='default="g_a"') + flow("g -> end", "1 = 1")
    ways = flows("start -> g; g -> a; a -> b; b -> a")
    told = found(file(process(START, trap, task("a"), task("b"), END, ways)))
    assert [said for _id, said in told if "from here no end can be reached" in said]


def test_an_element_is_named_in_the_language_in_which_it_is_spoken_of():
    trap = '<userTask id="b" name="初审" yz:name_en="First review"/>'
    model = read(file(process(START, trap, END, flows("start -> b -> end"))))
    (one, *_more) = problems(model, model.process("p"), Library(), Names({}))
    assert one.id == "b"
    assert one.told("zh").startswith("1 #b “初审”: ")
    assert one.told("en").startswith("1 #b “First review”: ")


def test_a_long_expression_is_refused_before_it_is_read():
    ways = flow("a -> end", "1 = 1" + " or 1 = 1" * 1000)
    told = found(file(process(START, task("a"), END, flows("start -> a"), ways)))
    assert ("a_end", "the expression is longer than 4096 characters") in told


def test_many_branches_cost_little_and_a_bound_is_told():
    keys = [f"t{number}" for number in range(60)]
    ways = "; ".join(f"fork -> {key} -> join" for key in keys)
    data = file(
        process(START, gateway("parallel", "fork", "join"), "".join(map(task, keys)), END,
                flows(f"start -> fork; {ways}; join -> end"))
    )  # fmt: skip
    assert unsound(graph(data)) == []
    two = '<yz:action key="yes" title="是"/><yz:action key="no" title="否"/>'
    branches = "".join(
        gateway("exclusive", f"g{k}", attributes=f'default="g{k}_y{k}"') + task(f"x{k}") + task(f"y{k}", extension=two)
        + flow(f"g{k} -> x{k}", "1 = 1") + flows(f"fork -> g{k} -> y{k} -> join; x{k} -> join2{k}")
        + gateway("exclusive", f"join2{k}") + flows(f"join2{k} -> join")
        for k in range(3)
    )  # fmt: skip
    data = file(
        process(
            START, gateway("parallel", "fork", "join"), branches, END, flows("start -> fork; join -> end")
        )
    )
    told = [one for one in unsound(graph(data), most=10) if not one.complete]
    assert [one.words.en for one in told] == [
        "there are too many ways: 5 situations were tried, the rest was not"
    ]


DECIDES = 'yz:marks="decided" yz:outcome="granted"'


def decides(way):
    return flow(way, attributes=DECIDES)


@pytest.mark.parametrize(
    ("inside", "at", "words"),
    [
        (task("a") + decides("a -> end") + flows("start -> a"), "", ""),
        (task("a") + task("b") + decides("a -> b") + decides("b -> end") + flows("start -> a"), "a", "decide again: b"),
        (gateway("parallel", "f", "j") + task("a") + task("b") + decides("a -> j") + decides("b -> j")
         + flows("start -> f; f -> a; f -> b; j -> end"), "f", "only one may decide"),
        (gateway("parallel", "f", "j") + task("a") + task("b") + task("c") + decides("c -> end")
         + flows("start -> f -> a -> j; f -> b -> j; j -> c"), "", ""),
        (gateway("exclusive", "g", attributes='default="g_b"') + task("a") + task("b") + decides("a -> end")
         + decides("b -> end") + flow("g -> a", "1 = 1") + flows("start -> g; g -> b"), "", ""),
        ('<subProcess id="s"><multiInstanceLoopCharacteristics><loopCardinality>2</loopCardinality>'
         '</multiInstanceLoopCharacteristics><startEvent id="i"/>' + task("a") + '<endEvent id="o"/>' + decides("a -> o")
         + flows("i -> a") + "</subProcess>" + flows("start -> s -> end"), "a", "each of several gives an opinion"),
        ('<subProcess id="s"><startEvent id="i"/>' + task("a") + '<endEvent id="o"/>' + decides("a -> o")
         + flows("i -> a") + "</subProcess>" + task("b") + decides("b -> end") + flows("start -> s -> b"), "a",
         "decide again: b"),
    ],
)  # fmt: skip
def test_a_decision_is_made_once(inside, at, words):
    told = found(file(process(START, END, inside)))
    if not at:
        assert told == []
    else:
        assert [said for id_, said in told if id_ == at and words in said], told


def test_questions_are_checked_as_in_the_simple_notation():
    asks = '<yz:ask key="action" title="甲"/><yz:ask key="b" kind="choice" title="乙"/><yz:ask key="b" title="丙"/>'
    extension = f'<yz:action key="ok" title="好" flow="a_end">{asks}</yz:action>'
    told = found(file(process(START, task("a", extension=extension), END, flows("start -> a -> end"))))
    assert [said.partition(":")[0] + said.partition("]")[2] for _id, said in told] == [
        "yz.key: action 是保留名称，请换一个",
        "yz.choices: 选择题须有选项，其他类型不能有选项",
        "yz.key: b 出现两次",
    ]


@pytest.mark.parametrize(
    ("when", "is_hasty"),
    [
        ('<timeDate>date and time("2020-01-01T00:00:00")</timeDate>', True),
        ("<timeDuration>PT0S</timeDuration>", True),
        ("<timeDuration>P1D</timeDuration>", False),
    ],
)
def test_a_time_that_may_be_over_must_not_lead_back_to_where_it_is_set(when, is_hasty):
    late = f'<boundaryEvent id="late" attachedToRef="a"><timerEventDefinition>{when}</timerEventDefinition></boundaryEvent>'
    told = found(file(process(START, task("a"), late, END, flows("start -> a -> end; late -> a"))))
    assert [("leads back" in words, key) for key, words in told] == ([(True, "a")] if is_hasty else [])


def test_a_condition_that_never_comes_to_an_end_is_told_at_its_element():
    endless = "count(for a in 1..1000, b in 1..1000, c in 1..1000 return a) &gt; 1"
    ways = flows("start -> a -> x; b -> end") + flow("x -> b", endless) + flow("x -> end")
    inside = gateway("exclusive", "x", attributes='default="x_end"')
    told = found(file(process(START, task("a"), task("b"), inside, END, ways)))
    assert ["steps" in words for _key, words in told] == [True]
