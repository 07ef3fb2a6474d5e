"""Processes in the notation of BPMN 2.0 流程图文件: read, checked, compiled to the graph, and written again."""

from yizhan.workflow.bpmn.compiling import NotExecutable, compile, translated
from yizhan.workflow.bpmn.draft import Library
from yizhan.workflow.bpmn.model import BpmnFault, Model, Process
from yizhan.workflow.bpmn.reading import read
from yizhan.workflow.bpmn.writing import write

__all__ = [
    "BpmnFault",
    "Library",
    "Model",
    "NotExecutable",
    "Process",
    "compile",
    "read",
    "translated",
    "write",
]
