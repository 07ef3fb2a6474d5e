"""Whether whoever takes the step that issues a paper can sign it 签发检查, of papers that bear a signature stamp.

What the applicant, a table, a time or a work of the house issues is signed by nobody; what somebody else than the signer
decides could never be issued.
"""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _

from yizhan import feel
from yizhan.cases.item import ItemDefinition
from yizhan.records.documents import Document
from yizhan.releases.faults import Fault
from yizhan.releases.pack import Pack
from yizhan.workflow.bpmn import keeping
from yizhan.workflow.bpmn.compiling import NotExecutable
from yizhan.workflow.processes.graph import Arrow, Graph, Via
from yizhan.workflow.processes.nodes import End, Task, UnitRule

SIGNED = ("signed_post", "signed_name")
"""The data of a paper that say who signs it."""


def check(item: ItemDefinition, pack: Pack) -> Iterator[Fault]:
    """What is wrong with who signs the papers of an item."""
    for use, key in item.papers.own.items():
        source = pack.of("paper").get(key)
        document = source.model if source else None
        if source is None or not isinstance(document, Document) or not document.signed_by:
            continue
        for name in SIGNED:
            if name not in {wanted.key for wanted in document.data}:
                yield source.fault("data", _("加盖签名章的文书须有数据项 %(key)s") % {"key": name})
        for words in dict.fromkeys(_amiss(item, pack, use, document.signed_by)):
            yield source.fault("signed_by", words)


def _amiss(item: ItemDefinition, pack: Pack, use: str, role: str) -> Iterator[str]:
    """Why a paper of a use cannot be signed by the holders of a role, in sentences."""
    if use in {"receipt", "withdrawn"}:
        yield _("这种文书随申请人的操作出具，没有签发人")
    elif use == "delivery":
        yield _("送达回证由参与办理的单位登记，没有签发人")
    elif (use == "acceptance" and item.limits.by_silence) or (
        use == "terminated" and "house" in item.handling.ways
    ):
        yield _("这种文书可能由系统出具，没有签发人")
    elif use in {"terminated", "reopened", "extended"}:
        yield from _by_role(item, use, role)
    else:
        yield from _by_process(item, pack, use, role)


def _by_role(item: ItemDefinition, use: str, role: str) -> Iterator[str]:
    """Of commands about the whole case the item names who may."""
    longer = item.limits.extension
    named = {
        "terminated": item.handling.coordinator,
        "reopened": item.handling.reopens,
        "extended": longer.role if longer else None,
    }[use]
    if named not in {None, role}:
        yield _("出具这份文书的是任 %(role)s 的人员，签发人须任同一角色") % {"role": named}
    if use == "extended" and longer is not None and longer.unit not in {"", item.unit}:
        yield _("延期不由事项的承办单位审批，不能签发承办单位的文书")


def _by_process(item: ItemDefinition, pack: Pack, use: str, role: str) -> Iterator[str]:
    """The places of the process that issue the paper."""
    try:
        graph = keeping.shelf_of(pack).graph(item.handling.process)
    except (KeyError, NotExecutable, feel.SyntaxFault):  # told with the process
        return
    if use in {"suspended", "hearing"}:  # whoever works on the case may; somebody can
        tasks = [node for node in graph.nodes.values() if isinstance(node, Task)]
        if not any(one.role == role and _at_home(one, item) for one in tasks):
            yield _("流程中没有由 %(role)s 在承办单位办理的环节") % {"role": role}
        return
    if use == "supplement":
        asking = [node for node in graph.nodes.values() if isinstance(node, Task) and node.supplement]
        for node in asking:
            yield from _at(node, item, role)
        return
    for way in _issuing(graph, use):
        left = graph.nodes[way.source]
        if way.via is Via.ACTION and isinstance(left, Task):
            yield from _at(left, item, role)
        else:
            words = {"state": left.title}
            yield _("“%(state)s”之后由系统出具这份文书，没有签发人") % words


def _issuing(graph: Graph, use: str) -> list[Arrow]:
    """The ways on which a paper is issued: past the mark, or to the end where nothing was decided before."""
    if use == "acceptance":
        return [arrow for arrow in graph.arrows if arrow.marks == "accepted"]
    deciding = [arrow for arrow in graph.arrows if arrow.marks == "decided" and arrow.outcome == use]
    ends = {node.key for node in graph.nodes.values() if isinstance(node, End) and node.outcome == use}
    return deciding or [arrow for arrow in graph.arrows if arrow.target in ends]


def _at(node: Task, item: ItemDefinition, role: str) -> Iterator[str]:
    words = {"state": node.title, "role": node.role}
    if node.role != role:
        yield _("“%(state)s”由 %(role)s 办理，签发人须任同一角色") % words
    if not _at_home(node, item):
        yield _("“%(state)s”不在事项的承办单位办理，不能签发承办单位的文书") % words


def _at_home(node: Task, item: ItemDefinition) -> bool:
    """Whether it is done at the unit that answers for the item, whose papers these are."""
    return node.unit.rule is UnitRule.ITEM_UNIT or (
        node.unit.rule is UnitRule.CODE and node.unit.code == item.unit
    )
