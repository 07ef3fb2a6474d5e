"""The conformance command counts every expected result and takes nothing that fails for a pass."""

import json

import pytest

from yizhan.cli import report
from yizhan.cli.__main__ import main
from yizhan.cli.dmn_kit import checks
from yizhan.workflow.tests.dmn import decision, literal, model

XSI = 'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"'
CASES = f"""<testCases xmlns="http://www.omg.org/spec/DMN/20160719/testcase" {XSI}>
<modelName>small.dmn</modelName>
<testCase id="1">
  <resultNode name="D"><expected><value xsi:type="xsd:decimal">0.333333333</value></expected></resultNode>
  <resultNode name="D"><expected><value xsi:type="xsd:decimal">0.3334</value></expected></resultNode>
  <resultNode name="D"><expected><value xsi:type="xsd:string">0.333333333</value></expected></resultNode>
  <resultNode name="D"><expected><value xsi:nil="true"/></expected></resultNode>
  <resultNode name="D"><expected><value xsi:type="xsd:date">soon</value></expected></resultNode>
  <resultNode name="L"><expected><list><item><value xsi:type="xsd:string">a</value></item></list></expected></resultNode>
  <resultNode name="C"><expected>
    <component name="the day"><value xsi:type="xsd:date">2026-11-20</value></component></expected></resultNode>
  <resultNode name="N"><expected><value xsi:nil="true"/></expected></resultNode>
  <resultNode name="N"><expected><value xsi:type="xsd:decimal">1</value></expected></resultNode>
  <resultNode name="S" errorResult="true"><expected><value xsi:nil="true"/></expected></resultNode>
  <resultNode name="gone"><expected><value xsi:nil="true"/></expected></resultNode>
</testCase>
</testCases>"""
ENTRY = f'<contextEntry><variable name="the day"/>{literal("@&quot;2026-11-20&quot;")}</contextEntry>'
SMALL = model(
    decision(literal("1 / 3"))
    + decision(literal('["a"]'), name="L")
    + decision(f"<context>{ENTRY}</context>", name="C")
    + decision(literal("nothing"), name="N")
    + decision(literal("1 +"), name="S")
)


@pytest.fixture
def suite(tmp_path):
    folder = tmp_path / "compliance-level-2/small"
    folder.mkdir(parents=True)
    (folder / "small.dmn").write_bytes(SMALL)
    (folder / "small-test-01.xml").write_text(CASES)
    return tmp_path


def failures(suite):
    return [check.failure for check in checks(next(suite.rglob("*-test-*.xml")))]


def test_each_expected_result_is_one_check_with_its_reason(suite):
    assert failures(suite) == [
        "",
        "another number",
        "a number instead of a string",
        "a value where null is expected",
        "a value of the test cannot be read: date soon",
        "",
        "",
        "",
        "null: there is no fact named nothing",
        "the expression is not finished",
        "the model has no gone",
    ]


def test_all_checks_fail_when_the_model_cannot_be_read(suite):
    next(suite.rglob("*.dmn")).write_bytes(b"<a>")
    assert set(failures(suite)) == {"unreadable model: no XML: no element found"}
    next(suite.rglob("*.dmn")).unlink()
    assert set(failures(suite)) == {"the model is not there"}


def test_a_test_file_that_cannot_be_read_is_a_failed_check(suite):
    next(suite.rglob("*-test-*.xml")).write_text("<a>")
    assert failures(suite) == ["unreadable test file: no XML: no element found"]


def test_the_command_holds_only_when_the_minimum_passes(suite, tmp_path, monkeypatch, capsys):
    monkeypatch.setattr(report.Report.__init__, "__kwdefaults__", {"seed": None, "folder": tmp_path})
    monkeypatch.setattr("yizhan.cli.packages.ensure", lambda _name: None)
    assert main(["conformance", "dmn", str(suite), "--min-level2", "36"]) == 0
    assert main(["conformance", "dmn", str(suite), "--min-level2", "37"]) == 1
    assert main(["conformance", "dmn", str(suite), "--min-level3", "1"]) == 1
    assert "4/11" in capsys.readouterr().out
    kept = json.loads((tmp_path / "conformance-dmn.json").read_text())
    assert {"level 2, passed", "failed: null: there is no fact named nothing"} <= {
        one["name"] for one in kept["figures"]
    }


def test_a_folder_without_tests_is_told(tmp_path, monkeypatch, capsys):
    monkeypatch.setattr("yizhan.cli.packages.ensure", lambda _name: None)
    assert main(["conformance", "dmn", str(tmp_path)]) == 1
    assert str(tmp_path) in capsys.readouterr().err
