"""Maps of steps from earlier versions are checked when they are published, and each version finds its own."""

import pytest

from yizhan.cases import move_orders
from yizhan.cases.tests.joint import CHANGES
from yizhan.cases.tests.moves import MAP, RENAMED, order, publish
from yizhan.identity import scope
from yizhan.releases.faults import PackRefused


@pytest.fixture
def joint(town):
    """The process with two departments is in force."""
    town.rewrite(CHANGES)
    return town


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("key: application\nmoves: [{nodes: {acceptance: intakes}}]\n", "流程中没有环节 intakes"),
        ("key: application\nmoves: [{nodes: {acceptances: intake}}]\n", "旧版流程中没有环节 acceptances"),
        ("key: application\nmoves: [{nodes: {acceptance: granted}}]\n", "不是同一种环节"),
        ("key: application\nmoves: [{from: [9], nodes: {}}]\n", "没有发布过第 9 版"),
        ("key: other\nmoves: [{nodes: {}}]\n", "key 须与文件同名"),
        ("key: application\nmoves: [{from: [1, 2]}, {from: [2]}]\n", "第 2 版写了两次"),
    ],
)
def test_a_map_that_leads_nowhere_is_refused(joint, text, words):
    with pytest.raises(PackRefused) as refused:
        publish(joint, RENAMED, moves=text)
    assert any(words in str(fault) for fault in refused.value.faults), refused.value.faults


def test_a_map_beside_no_process_is_refused(joint):
    with pytest.raises(PackRefused) as refused:
        joint.rewrite({**CHANGES, "processes/other.moves.yaml": "key: other\nmoves: [{nodes: {}}]\n"})
    assert "没有名为 other 的流程" in str(refused.value.faults[0])


def test_each_version_has_its_own_map(joint):
    first = joint.apply("chen")
    publish(joint, RENAMED, moves=MAP)
    second = joint.apply("wang")
    third = RENAMED.replace("  intake:\n", "  reception:\n").replace("start: intake", "start: reception")
    maps = (
        "key: application\nmoves:\n"
        "  - {from: [3], nodes: {intake: reception}}\n  - {nodes: {acceptance: reception}}\n"
    )
    publish(joint, third, moves=maps)
    with scope.service():
        assert [(one.version, one.cases) for one in move_orders.left("elderly_allowance")] == [
            (3, 1),
            (2, 1),
        ]
    rows = order()
    assert {rows[number].state for number in (first, second)} == {"moved"}
    assert {joint.task(number).node for number in (first, second)} == {"reception"}
