"""How steps of earlier versions are called now 新旧环节对应: ``processes/KEY.moves.yaml`` in a pack.

Where nothing is written, a step keeps its key. The file is part of the release to which cases are moved.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from django.utils.translation import gettext as _
from pydantic import Field

from yizhan import feel
from yizhan.cases import processes
from yizhan.cases.item import ItemDefinition
from yizhan.releases.faults import Fault, PackRefused
from yizhan.releases.models import Release, definition
from yizhan.releases.pack import Pack, Source
from yizhan.releases.words import Key, Shape
from yizhan.workflow.bpmn.compiling import NotExecutable
from yizhan.workflow.bpmn.keeping import shelf_of
from yizhan.workflow.problems import unknown
from yizhan.workflow.processes.graph import Graph
from yizhan.workflow.processes.moving import like, whole

KIND = "moves"


class MoveDefinition(Shape):
    """From some earlier versions 自旧版: which step is now called what."""

    versions: list[int] = Field(
        default_factory=list,
        alias="from",
        max_length=200,
        description="versions of the pack; none: all earlier ones",
    )
    nodes: dict[Key, Key] = Field(default_factory=dict, max_length=400, description="old step: new step")


class MovesDefinition(Shape):
    """How cases come from earlier versions of a process to this one 新旧环节对应."""

    key: Key
    moves: list[MoveDefinition] = Field(min_length=1, max_length=50)


def names(to: Release, process: str, version: int) -> Mapping[str, str]:
    """What steps of an earlier version are called in a process of a release; those that keep their keys are left out."""
    if process not in to.keys(KIND):
        return {}
    found = definition(to.id, KIND, process, MovesDefinition).moves
    named = [one for one in found if version in one.versions] or [one for one in found if not one.versions]
    return named[0].nodes if named else {}


def check(source: Source, pack: Pack) -> Iterator[Fault]:
    """What is wrong with the file by itself and beside the process that it belongs to."""
    if not isinstance(source.model, MovesDefinition):
        return
    if source.model.key != source.key:
        yield source.fault("key", _("key 须与文件同名（%(name)s）") % {"name": source.key})
        return
    graph = _graph(source, pack)
    if graph is None:
        yield source.fault("", _("旁边没有名为 %(key)s 的流程，或流程有错误") % {"key": source.key})
        return
    seen: set[int] = set()
    for number, move in enumerate(source.model.moves):
        twice = sorted(seen & set(move.versions))
        if twice:
            yield source.fault(f"moves[{number}].from", _("第 %(n)s 版写了两次") % {"n": twice[0]})
        seen |= set(move.versions)
        for old, new in move.nodes.items():
            if new not in graph.nodes:
                problem = unknown(
                    f"moves[{number}].nodes.{old}", _("流程中没有环节 %(name)s"), new, graph.nodes
                )
                yield source.fault(problem.path, problem.message, suggestion=problem.suggestion)


def published(release: Release) -> None:
    """What is said about earlier versions must be true of them.

    Raises:
        PackRefused: a version or a step is not there, or the steps are of different kinds.
    """
    earlier = {
        one.version: one for one in Release.objects.filter(pack=release.pack, version__lt=release.version)
    }
    faults = [fault for key in release.keys(KIND) for fault in _beside_earlier(release, key, earlier)]
    if faults:
        raise PackRefused(faults)


def _beside_earlier(release: Release, key: str, earlier: Mapping[int, Release]) -> Iterator[Fault]:
    file, new = f"{release.pack}/processes/{key}.moves.yaml", processes.graph(release.id, key)
    for number, move in enumerate(definition(release.id, KIND, key, MovesDefinition).moves):
        place = f"moves[{number}]"
        for version in move.versions:
            if version not in earlier:
                yield Fault(file, f"{place}.from", _("没有发布过第 %(n)s 版") % {"n": version})
        meant = (
            [earlier[v] for v in move.versions if v in earlier] if move.versions else list(earlier.values())
        )
        graphs = [graph for one in meant for graph in _graphs(one, release, key)]
        for old, there in move.nodes.items() if graphs else ():
            found = [graph.nodes[old] for graph in graphs if old in graph.nodes]
            if not found:
                yield Fault(file, f"{place}.nodes.{old}", _("旧版流程中没有环节 %(name)s") % {"name": old})
            for node in found[-1:]:
                why = like(node, new.nodes[there])
                if why is not None:
                    words = _("“%(old)s”不能改为“%(new)s”：%(why)s")
                    told = {"old": node.title, "new": new.nodes[there].title, "why": why}
                    yield Fault(file, f"{place}.nodes.{old}", words % told)


def _graphs(earlier: Release, release: Release, key: str) -> Iterator[Graph]:
    """The processes of an earlier release that handled an item which this process handles."""
    for item in release.keys("item"):
        now = definition(release.id, "item", item, ItemDefinition).handling.process
        if now == key and item in earlier.keys("item"):
            was = definition(earlier.id, "item", item, ItemDefinition).handling.process
            yield processes.graph(earlier.id, was)


def names_between(old: Graph, to: Release, process: str, version: int) -> Mapping[str, str]:
    """The whole map of names from an earlier version's graph to a process of a release."""
    return whole(old, names(to, process, version))


def _graph(source: Source, pack: Pack) -> Graph | None:
    """The process beside the file; none if it is not there or has faults of its own, which are told with it."""
    try:
        return shelf_of(pack).graph(source.key)
    except (KeyError, ValueError, NotExecutable, feel.Fault):
        return None
