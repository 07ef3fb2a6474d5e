"""Files of BPMN 流程文件的对照与导出: what of each can be executed, what is only drawn; processes written as BPMN."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from yizhan.cli.speech import Fault
from yizhan.workflow.bpmn import BpmnFault, Library, read, write
from yizhan.workflow.bpmn.checking import Names, problems
from yizhan.workflow.bpmn.findings import Finding
from yizhan.workflow.bpmn.model import Model, Process
from yizhan.workflow.bpmn.sketching import sketch
from yizhan.workflow.drawing import draw


@dataclass(frozen=True)
class Looked:
    """What became of one process.

    Attributes:
        findings: what is not executed; none if it is executable.
        shapes: how many elements the picture shows; 0 if it could not be drawn.
        idle: elements that are drawn and do nothing, such as annotations: kind, id, name.
    """

    id: str
    title: str
    findings: list[Finding] = field(default_factory=list)
    shapes: int = 0
    idle: list[str] = field(default_factory=list)

    @property
    def executable(self) -> bool:
        """Whether a case could go through it."""
        return not self.findings


@dataclass(frozen=True)
class LookedFile:
    """What became of one file.

    Attributes:
        faults: why it cannot be read.
    """

    file: Path
    processes: list[Looked] = field(default_factory=list)
    faults: list[BpmnFault] = field(default_factory=list)
    defect: str = ""

    @property
    def holds(self) -> bool:
        """Whether it was read, and each of its processes is executable or drawn."""
        return not (self.faults or self.defect) and all(
            one.executable or one.shapes for one in self.processes
        )


def looked(file: Path) -> LookedFile:
    """Read a file and look at each of its processes; a defect of ours is told as such."""
    try:
        return _looked(file)
    except Exception as defect:  # the next file is looked at all the same
        return LookedFile(file, defect=f"{type(defect).__name__}: {defect}")


def _looked(file: Path) -> LookedFile:
    try:
        model = read(file.read_bytes())
    except BpmnFault as fault:
        return LookedFile(file, faults=[fault])
    except OSError as fault:
        return LookedFile(file, defect=str(fault.strerror))
    if model.faults:
        return LookedFile(file, faults=list(model.faults))
    return LookedFile(file, [_process(model, process) for process in model.processes])


def _process(model: Model, process: Process) -> Looked:
    findings = problems(model, process, Library(), Names({}))
    shown = sketch(process)
    drawing = draw(shown)
    shapes = len(shown.nodes) if "<svg" in drawing.svg else 0
    idle = [f"{one.name} #{one.get('id')} {one.get('name')}".strip() for one in process.drawn]
    return Looked(process.id, process.title.zh, findings.errors, shapes, idle)


def files(folder: Path) -> Iterator[Path]:
    """The files of a folder, however deep; or the one file."""
    if folder.is_file():
        yield folder
    else:
        yield from sorted(path for path in folder.rglob("*.bpmn") if path.is_file())


def exported(folder: Path, key: str) -> tuple[str, bytes]:
    """A process of a pack as BPMN: its key, and the file.

    Args:
        folder: the pack.
        key: the process; empty if there is but one.

    Raises:
        Fault: there is no such process, or it has faults.
    """
    from yizhan.releases.pack import read as read_pack  # noqa: PLC0415
    from yizhan.workflow.bpmn import keeping  # noqa: PLC0415

    pack = read_pack(folder)
    known = sorted(keeping.processes(pack))
    if not key and len(known) == 1:
        key = known[0]
    if key not in known:
        names = ", ".join(known)
        raise Fault(
            en=f"Which process? --process is one of: {names}."
            if not key
            else f"There is no process {key}; known: {names}.",
            zh=f"请用 --process 指明流程：{names}。" if not key else f"没有流程 {key}；现有：{names}。",
        )
    in_processes = [fault for fault in pack.errors if fault.file.startswith(("processes/", "decisions/"))]
    if in_processes:
        raise Fault(
            en=f"The pack has faults; ./yizhan packs check {folder.name} tells them all. The first: {in_processes[0]}",
            zh=f"应用包有错误，请运行 ./yizhan packs check {folder.name} 查看。第一处：{in_processes[0]}",
        )
    return key, write(keeping.shelf_of(pack).graph(key))
