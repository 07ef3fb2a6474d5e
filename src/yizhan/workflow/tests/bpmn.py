"""BPMN files for tests, written short: ``flow("a -> b")`` for a sequence flow, ``task("a")`` for a user task."""

from itertools import pairwise

from yizhan.workflow.bpmn import Library, compile, read
from yizhan.workflow.bpmn.checking import Names, problems
from yizhan.workflow.bpmn.vocabulary import MODEL, OURS

HEAD = (
    f'<definitions xmlns="{MODEL}" xmlns:yz="{OURS}" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" '
    'id="file" targetNamespace="urn:test">'
)


def file(*processes, more=""):
    """A file with these processes, as bytes."""
    return (HEAD + more + "".join(processes) + "</definitions>").encode()


def process(*inside, key="p", attributes="", facts=()):
    """A process; facts are pairs of name and type."""
    said = "".join(f'<yz:fact name="{name}" type="{type_}"/>' for name, type_ in facts)
    extension = f"<extensionElements>{said}</extensionElements>" if said else ""
    return f'<process id="{key}" name="{key}" {attributes}>{extension}{"".join(inside)}</process>'


def task(key, inside="", extension="", attributes=""):
    """A user task of some clerk."""
    more = f"<extensionElements>{extension}</extensionElements>" if extension else ""
    return f'<userTask id="{key}" name="{key}" yz:role="p.clerk" {attributes}>{more}{inside}</userTask>'


def flow(way, condition="", attributes=""):
    """A sequence flow ``a -> b``, called ``a_b``."""
    source, _arrow, target = way.split()
    when = f"<conditionExpression>{condition}</conditionExpression>" if condition else ""
    return (
        f'<sequenceFlow id="{source}_{target}" sourceRef="{source}" targetRef="{target}" {attributes}>'
        f"{when}</sequenceFlow>"
    )


def flows(text):
    """Several, with blanks or semicolons between: ``a -> b -> c; a -> d``."""
    found = []
    for chain in text.split(";"):
        names = [name.strip() for name in chain.split("->")]
        found += [flow(f"{one} -> {other}") for one, other in pairwise(names)]
    return "".join(found)


START, END = '<startEvent id="start"/>', '<endEvent id="end" name="done"/>'


def gateway(kind, *keys, attributes=""):
    """Gateways of one kind."""
    return "".join(f'<{kind}Gateway id="{key}" name="{key}" {attributes}/>' for key in keys)


def graph(data, key="p", tables=None, called=None):
    """The graph of a process of a file."""
    model = read(data)
    return compile(model, model.process(key), Library(tables or {}, called or (lambda _key: None)))


def found(data, key="p", names=None, **more):
    """What is wrong with a process: id and English words of each."""
    model = read(data)
    findings = problems(model, model.process(key), Library(**more), names or Names({}))
    return [(one.id, one.words.en) for one in findings]
