"""Files of BPMN, each looked at by itself: what cannot be read is told, and never a trace."""

import pytest

from yizhan.cli.bpmn_kit import files, looked
from yizhan.workflow.tests.bpmn import END, START, file, flows, process, task

GOOD = process(START, task("a"), END, flows("start -> a -> end"), key="good")
DRAWN = process(
    '<startEvent id="s2"/><task id="t2" name="随手办"/><endEvent id="e2"/><textAnnotation id="note"/>',
    flows("s2 -> t2 -> e2"),
    key="drawn",
    attributes='isExecutable="false"',
)


@pytest.fixture
def at(tmp_path):
    def put(data):
        path = tmp_path / "one.bpmn"
        path.write_bytes(data)
        return looked(path)

    return put


def test_each_process_is_executable_or_drawn_with_everything_named_that_is_not(at):
    one = at(file(GOOD, DRAWN))
    assert one.holds
    good, drawn = one.processes
    assert good.executable
    assert not drawn.executable
    assert drawn.shapes == 3
    assert drawn.idle == ["textAnnotation #note"]
    assert [(finding.id, finding.name) for finding in drawn.findings] == [
        ("drawn", "drawn"),
        ("t2", "随手办"),
    ]


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\xff\xfe",
        b"<a>",
        b"<!DOCTYPE a><a/>",
        b"<!--" + b"x" * 10_000_000 + b"-->",
        file(),
        file(GOOD, GOOD),
    ],
    ids=["empty", "no text", "broken", "doctype", "large", "no process", "twice"],
)
def test_what_cannot_be_read_is_a_fault_of_that_file(at, data):
    one = at(data)
    assert not one.holds
    assert one.faults
    assert one.defect == ""


def test_a_process_that_nobody_could_follow_is_refused(at):
    one = at(file(process(*(f'<userTask id="t{number}"/>' for number in range(1001)))))
    assert [fault.matter for fault in one.faults] == ["a process of more than 1000 elements"]
    dense = "; ".join(f"t{a} -> t{b}" for a in range(12) for b in range(12) if a != b)
    one = at(file(process(*(f'<userTask id="t{number}"/>' for number in range(12)), flows(dense))))
    assert [fault.matter for fault in one.faults] == ["132 flows between 12 elements are too many"]


def test_files_are_found_however_deep(tmp_path):
    (tmp_path / "a").mkdir()
    for name in ("b.bpmn", "a/c.bpmn", "a/d.xml"):
        (tmp_path / name).write_text("")
    assert [path.name for path in files(tmp_path)] == ["c.bpmn", "b.bpmn"]
    assert list(files(tmp_path / "b.bpmn")) == [tmp_path / "b.bpmn"]
