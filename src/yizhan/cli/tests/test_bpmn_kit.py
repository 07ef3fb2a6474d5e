"""Files of BPMN, each looked at by itself: what cannot be read is told, and never a trace."""

import pytest
from django.conf import settings

from yizhan.cli import report
from yizhan.cli.__main__ import main
from yizhan.cli.bpmn_kit import exported, files, looked
from yizhan.cli.speech import Fault
from yizhan.workflow.bpmn import read
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
    assert [(finding.id, finding.name.zh) for finding in drawn.findings] == [
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


@pytest.fixture
def asked(tmp_path, monkeypatch, capsys):
    """The command, asked about files of these contents: exit code and lines."""
    monkeypatch.setattr(
        report.Report.__init__, "__kwdefaults__", {"seed": None, "folder": tmp_path / "reports"}
    )

    def ask(**contents):
        for name, data in contents.items():
            (tmp_path / f"{name}.bpmn").write_bytes(data)
        code = main(["conformance", "bpmn", str(tmp_path)])
        return code, capsys.readouterr().out.splitlines()

    return ask


def test_the_command_has_a_line_for_each_file_and_ends_with_the_sum(asked):
    code, lines = asked(good=file(GOOD), drawn=file(DRAWN))
    assert (code, lines[-1]) == (0, "2 of 2 hold")
    assert [line for line in lines if line.startswith("good.bpmn: read; executable 1/1")]
    assert [line for line in lines if "#t2 “随手办”: a task without a type is not executed" in line]
    code, lines = asked(broken=b"<definitions")
    assert (code, lines[-1]) == (1, "2 of 3 hold")
    assert [line for line in lines if line.startswith("✗ broken.bpmn: line 1: no XML")]


@pytest.mark.django_db
def test_a_process_of_a_pack_is_written_as_a_file_that_reads_back():
    folder = settings.ROOT / "packs/elderly_allowance"
    key, data = exported(folder, "")
    assert key == "application"
    (process_,) = read(data).processes
    assert process_.space.parts["acceptance"].title.en == "Acceptance by the sub-district"
    with pytest.raises(Fault, match="no process gone"):
        exported(folder, "gone")
