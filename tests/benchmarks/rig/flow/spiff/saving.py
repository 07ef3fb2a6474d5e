"""The state of a SpiffWorkflow case without its definition: the definition is parsed once and kept beside all cases."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from uuid import UUID

from SpiffWorkflow.bpmn.script_engine.python_engine import PythonScriptEngine
from SpiffWorkflow.bpmn.serializer.default.workflow import (
    BpmnWorkflowConverter,
    TaskConverter,
    WorkflowConverter,
)
from SpiffWorkflow.bpmn.serializer.workflow import BpmnWorkflowSerializer
from SpiffWorkflow.bpmn.workflow import BpmnWorkflow
from SpiffWorkflow.spiff.parser.process import SpiffBpmnParser
from SpiffWorkflow.task import Task

FOLDER = Path(__file__).parent


class Definition:
    """The process with its decision, parsed; makes cases, saves them, and makes them again from what was saved."""

    def __init__(self) -> None:
        parser = SpiffBpmnParser()
        parser.add_dmn_file(str(FOLDER / "amount.dmn"))
        parser.add_bpmn_file(str(FOLDER / "application.bpmn"))
        self._spec, self._scripts = parser.get_spec("application"), PythonScriptEngine()
        registry = BpmnWorkflowSerializer.configure({Task: TaskConverter})
        _StateAlone(BpmnWorkflow, registry).definition = self
        self._serializer = BpmnWorkflowSerializer(registry)

    def workflow(self, **more: Any) -> BpmnWorkflow:
        """A new case, or an empty one to be filled."""
        return BpmnWorkflow(self._spec, script_engine=self._scripts, **more)

    def save(self, workflow: BpmnWorkflow) -> str:
        """Its state."""
        text: str = self._serializer.serialize_json(workflow)
        return text

    def load(self, state: str) -> BpmnWorkflow:
        """The case of a state."""
        return self._serializer.deserialize_json(state)


class _StateAlone(BpmnWorkflowConverter):
    """Tasks and data, and nothing of the definition; the process has no sub-processes and no outside events."""

    definition: Definition

    def to_dict(self, workflow: BpmnWorkflow) -> dict[str, Any]:
        return dict(WorkflowConverter.to_dict(self, workflow))

    def from_dict(self, dct: dict[str, Any]) -> BpmnWorkflow:
        workflow = self.definition.workflow(deserializing=True)
        workflow.tasks = self.mapping_from_dict(dct["tasks"], UUID, workflow=workflow)
        workflow.task_tree = workflow.tasks[UUID(dct["root"])]
        self.set_default_attributes(workflow, dct)
        return workflow
