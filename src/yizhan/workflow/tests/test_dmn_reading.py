"""DMN files are read whole or refused with the place; nothing in a file reaches beyond it."""

import pytest

from yizhan.workflow.dmn import DmnFault, read
from yizhan.workflow.dmn.markup import parsed
from yizhan.workflow.dmn.tree import ContextBox, InputData, TableBox
from yizhan.workflow.markup import DEEPEST, LARGEST
from yizhan.workflow.tests.dmn import ALLOWANCE, NEW, model


def test_a_model_is_read_with_types_elements_and_places():
    found = read(ALLOWANCE)
    assert found.name == "allowance"
    assert set(found.elements) == {"age", "kind", "amount", "note", "rate", "offer"}
    assert isinstance(found.elements["age"], InputData)
    kind, note = found.elements["kind"], found.elements["note"]
    assert isinstance(kind.body, TableBox)
    assert (kind.body.policy, len(kind.body.rules), kind.needs) == ("UNIQUE", 3, ("age",))
    assert isinstance(note.body, ContextBox)
    assert [component.name for component in found.types["tNote"].components] == ["Paid to", "sum"]
    assert kind.place.id == "kind"
    assert ALLOWANCE.decode().splitlines()[kind.place.line - 1].strip().startswith('<decision id="kind"')


@pytest.mark.parametrize(
    "namespace",
    [
        "http://www.omg.org/spec/DMN/20151101/dmn.xsd",
        "http://www.omg.org/spec/DMN/20180521/MODEL/",
        "https://www.omg.org/spec/DMN/20191111/MODEL/",
        "https://www.omg.org/spec/DMN/20211108/MODEL/",
        NEW,
    ],
)
def test_all_versions_are_read_under_any_prefix(namespace):
    text = f'<d:definitions xmlns:d="{namespace}"><d:inputData id="a" name="A"/></d:definitions>'
    assert set(read(text.encode()).elements) == {"a"}


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "no XML"),
        (b"<a>", "no XML"),
        (b"\xff\xfe\xff", "no XML"),
        (b'<?xml version="1.0" encoding="klingon"?><a/>', "encoding"),
        (b'<!DOCTYPE a [<!ENTITY x "y">]><a>&x;</a>', "document type"),
        (b'<!DOCTYPE a SYSTEM "file:///etc/passwd"><a/>', "document type"),
        (b"<a>&x;</a>", "no XML"),
        (b"<a>" * (DEEPEST + 1), "nested too deeply"),
        (b" " * (LARGEST + 1), "larger than"),
    ],
)
def test_what_is_no_harmless_xml_is_refused(data, words):
    with pytest.raises(DmnFault) as caught:
        parsed(data)
    assert words in caught.value.en
    assert caught.value.place.line >= 1


@pytest.mark.parametrize(
    ("inner", "words"),
    [
        ("<inputData/>", "inputData has no name"),
        ('<inputData id="a" name="A"/>\n<inputData id="a" name="B"/>', "a stands twice"),
        ('<decision id="a" name="A"><decisionTable hitPolicy="BEST"/></decision>', "no hit policy BEST"),
        ('<decision id="a" name="A"><decisionTable/></decision>', "no column of results"),
        (
            '<decision id="a" name="A"><decisionTable><output/><rule/></decisionTable></decision>',
            "more or fewer cells",
        ),
        ('<decision id="a" name="A"><filter><in/></filter></decision>', "in is not complete"),
        ('<decision id="a" name="A"><conditional/></decision>', "conditional is not complete"),
    ],
)
def test_a_faulty_model_is_refused_with_its_line(inner, words):
    with pytest.raises(DmnFault) as caught:
        read(model(f"\n\n{inner}"))
    assert words in caught.value.en
    assert caught.value.place.line >= 3
    assert str(caught.value.place.line) in caught.value.zh


def test_what_is_no_model_is_refused():
    with pytest.raises(DmnFault, match="不是 DMN"):
        read(b"<definitions xmlns='urn:other'/>")
