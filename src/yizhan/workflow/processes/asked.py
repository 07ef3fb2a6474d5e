"""What a state can ask 判定来源: a table of the pack, or ``model.decision``; as it is written or ready to be asked."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import TypeAlias

from yizhan.workflow.facts import FactType
from yizhan.workflow.processes.graph import Remembered
from yizhan.workflow.tables.decision import Askable
from yizhan.workflow.tables.definition import TableDefinition
from yizhan.workflow.tables.table import Table

Asked: TypeAlias = TableDefinition | Askable


def gives(asked: Asked) -> Mapping[str, Remembered]:
    """What it leaves behind, by name."""
    written = asked.definition if isinstance(asked, Table) else asked
    if not isinstance(written, TableDefinition):
        return MappingProxyType({name: Remembered(type_) for name, type_ in written.outputs.items()})
    if written.aggregation == "count":
        return MappingProxyType({column.name: Remembered("integer") for column in written.outputs})
    many = written.hit_policy == "C" and written.aggregation is None
    return MappingProxyType({column.name: Remembered(column.type, many) for column in written.outputs})


def needs(asked: Asked) -> Mapping[str, FactType]:
    """The facts it stands on, with their types."""
    return asked.all_facts if isinstance(asked, TableDefinition) else asked.facts
