"""The kinds of definitions this room understands: decision tables and models, processes in two notations."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _

from yizhan.releases import kinds
from yizhan.releases.faults import Fault, Weight
from yizhan.releases.pack import Pack, Source
from yizhan.workflow import references
from yizhan.workflow.bpmn import keeping
from yizhan.workflow.dmn import checking as model_checking
from yizhan.workflow.dmn import decisions_of
from yizhan.workflow.dmn import examples as example_checking
from yizhan.workflow.dmn.examples import ModelExamples
from yizhan.workflow.problems import Problem
from yizhan.workflow.processes import checking as process_checking
from yizhan.workflow.processes.asked import Asked
from yizhan.workflow.processes.definition import FlowDefinition
from yizhan.workflow.tables import checking as table_checking
from yizhan.workflow.tables.definition import TableDefinition


def check_table(source: Source, _pack: Pack) -> Iterator[Fault]:
    """All faults of a decision table."""
    if isinstance(source.model, TableDefinition):
        yield from _key(source, source.model.key)
        yield from _faults(source, table_checking.problems(source.model))


def check_model(source: Source, pack: Pack) -> Iterator[Fault]:
    """All faults of a DMN model among the models of its pack."""
    others = {key: other.raw for key, other in pack.of("model").items() if key != source.key}
    for one in model_checking.problems(source.raw, others):
        weight = Weight(one.weight)
        yield Fault(source.file, one.path, one.message, one.suggestion, weight, one.place.line)
    if source.key not in pack.keys("model_examples"):
        advice = _("请在 %(file)s 至少写一个已知答案的例子") % {"file": f"{source.key}.examples.yaml"}
        yield source.fault("", _("没有示例"), suggestion=advice, weight="warning")


def check_examples(source: Source, pack: Pack) -> Iterator[Fault]:
    """Examples of a DMN model that do not come out; a model that is not in order is told of there."""
    models = {key: other.raw for key, other in pack.of("model").items()}
    if source.key not in models:
        message = _("旁边没有决策模型 %(file)s") % {"file": f"{source.key}.dmn"}
        yield source.fault("", message)
    elif isinstance(source.model, ModelExamples) and not _has_errors(models):
        yield from _faults(source, list(example_checking.problems(source.model, source.key, models)))


def _has_errors(models: dict[str, str]) -> bool:
    found = (
        model_checking.problems(text, {other: models[other] for other in models.keys() - {key}})
        for key, text in models.items()
    )
    return any(one.weight == "error" for problems in found for one in problems)


def check_process(source: Source, pack: Pack) -> Iterator[Fault]:
    """All faults of a process among the tables, roles, forms and templates of its pack."""
    if not isinstance(source.model, FlowDefinition):
        return
    yield from _key(source, source.model.key)
    tables = asked_in(pack)
    flows = {key: o.model for key, o in pack.of("process").items() if isinstance(o.model, FlowDefinition)}
    names = references.house.of(pack)
    drawn = keeping.callable_by(source.key, pack)
    found = process_checking.problems(source.model, tables, names, flows, drawn)
    yield from _faults(source, found)
    if not any(one.weight == "error" for one in found):
        yield from keeping.drawable(source, pack)


def asked_in(pack: Pack) -> dict[str, Asked]:
    """What processes of a pack can ask: its tables, and the decisions of its models as ``model.decision``."""
    found = ((key, other.model) for key, other in pack.of("table").items())
    models = {key: other.raw for key, other in pack.of("model").items()}
    tables = {key: model for key, model in found if isinstance(model, TableDefinition)}
    return {**tables, **decisions_of(models)}


def _key(source: Source, key: str) -> Iterator[Fault]:
    if key != source.key:
        yield source.fault("key", _("key 须与文件同名（%(name)s）") % {"name": source.key})


def _faults(source: Source, problems: list[Problem]) -> Iterator[Fault]:
    for problem in problems:
        yield source.fault(
            problem.path, problem.message, suggestion=problem.suggestion, weight=problem.weight
        )


TABLE = kinds.announce(
    kinds.Kind(
        name="table",
        folder="decisions",
        suffix=".table.yaml",
        model=TableDefinition,
        check=check_table,
        purpose=("决策表：条件、结果、理由、示例", "decision tables: conditions, results, reasons, examples"),
    )
)
MODEL = kinds.announce(
    kinds.Kind(
        name="model",
        folder="decisions",
        suffix=".dmn",
        check=check_model,
        purpose=("决策模型：DMN 标准的文件", "decision models: files of the DMN standard"),
    )
)
MODEL_EXAMPLES = kinds.announce(
    kinds.Kind(
        name="model_examples",
        folder="decisions",
        suffix=".examples.yaml",
        model=ModelExamples,
        check=check_examples,
        purpose=("决策模型的示例：已知答案的例子", "examples of a decision model, with known answers"),
    )
)
PROCESS = kinds.announce(
    kinds.Kind(
        name="process",
        folder="processes",
        suffix=".flow.yaml",
        model=FlowDefinition,
        check=check_process,
        purpose=("流程：环节、角色、操作、时限", "processes: states, roles, actions, limits"),
    )
)
BPMN = kinds.announce(
    kinds.Kind(
        name=keeping.KIND,
        folder="processes",
        suffix=".bpmn",
        check=keeping.check,
        purpose=("流程（BPMN 2.0）：用建模工具画的流程", "processes in BPMN 2.0, drawn with a modeller"),
    )
)
