"""What is wrong with an item among the rest of its pack: all that it names is there and can be given."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from django.utils.translation import gettext as _

from yizhan.cases import (
    checking_drawn,
    checking_limits,
    checking_materials,
    checking_scenario,
    checking_signers,
    checking_texts,
    checking_works,
    contact_facts,
)
from yizhan.cases.item import ItemDefinition
from yizhan.forms.sheet import FieldSheet, Sheet
from yizhan.registry.catalogue import CATALOGUE
from yizhan.releases.faults import Fault, did_you_mean
from yizhan.releases.pack import Pack, Source
from yizhan.workflow import references
from yizhan.workflow.kinds import asked_in
from yizhan.workflow.processes.asked import needs
from yizhan.workflow.processes.definition import FlowDefinition
from yizhan.workflow.processes.naming import calls
from yizhan.workflow.processes.places import tables_of
from yizhan.workflow.processes.remembering import remembered
from yizhan.workflow.tables.definition import TableDefinition


def check(source: Source, pack: Pack) -> Iterator[Fault]:
    """What only the whole pack can tell of an item."""
    item = source.model
    if not isinstance(item, ItemDefinition):
        return
    if item.code != source.key:
        yield source.fault("code", _("事项代码须与文件同名（%(name)s）") % {"name": source.key})
    yield from checking_drawn.there(source, item, pack)
    yield from pack.lacks(source, "handling.form", "form", item.handling.form)
    for use, key in item.papers.own.items():
        yield from pack.lacks(source, f"papers.{use}", "paper", key)
    yield from _unit(source, item, pack)
    yield from _inputs(source, item, pack)
    yield from _terms(source, item, pack)
    yield from _asked_for(source, item, pack)
    yield from checking_limits.check(source, item, pack)
    yield from checking_materials.check(source, item, pack)
    yield from checking_scenario.check(source, item, pack)
    yield from _follow_ups(source, item, pack)
    yield from checking_texts.messages(item, pack)
    yield from checking_texts.papers(item, pack)
    yield from checking_signers.check(item, pack)
    yield from checking_works.performed(item, pack)
    yield from checking_drawn.check(item, pack)
    yield from _objects(source, item, pack)
    for number, basis in enumerate(item.basis):
        if not basis.verified:
            yield source.fault(
                f"basis[{number}]", _("法律依据待核实：%(law)s") % {"law": basis.law}, weight="warning"
            )


def _unit(source: Source, item: ItemDefinition, pack: Pack) -> Iterator[Fault]:
    """A warning only: units are founded in the district, apart from packs and perhaps after them."""
    known = references.house.of(pack).get("unit")
    if known and item.unit not in known:
        message = _("本区没有单位 %(name)s") % {"name": item.unit}
        yield source.fault("unit", message, suggestion=did_you_mean(item.unit, known), weight="warning")


def _inputs(source: Source, item: ItemDefinition, pack: Pack) -> Iterator[Fault]:
    """Every input comes from a fact of the registers, or from a question of the form."""
    form = pack.of("form").get(item.handling.form)
    asked = set(_paths(form.model)) if form and isinstance(form.model, Sheet) else None
    names = [one.name for one in item.inputs]
    for number, one in enumerate(item.inputs):
        place = f"inputs[{number}]"
        if one.name in names[:number]:
            yield source.fault(f"{place}.name", _("判断要素 %(name)s 出现两次") % {"name": one.name})
        if one.fact is not None and one.fact not in CATALOGUE:
            message = _("基础库没有信息项 %(fact)s") % {"fact": one.fact}
            yield source.fault(f"{place}.fact", message, suggestion=did_you_mean(one.fact, CATALOGUE))
        if one.path is not None and asked is not None and one.path not in asked:
            message = _("表单没有填写项 %(path)s") % {"path": one.path}
            yield source.fault(f"{place}.path", message, suggestion=did_you_mean(one.path, asked))


def _objects(source: Source, item: ItemDefinition, pack: Pack) -> Iterator[Fault]:
    """What is asked of the registers is known of those whom the item serves: persons or companies."""
    form = pack.of("form").get(item.handling.form)
    asked = set(_facts(form.model)) if form and isinstance(form.model, Sheet) else set()
    asked |= {one.fact for one in item.inputs if one.fact}
    for kind in item.objects:
        for fact in sorted(asked):
            if _of(fact) not in {None, kind}:
                words = {"fact": fact, "kind": _("自然人") if kind == "person" else _("法人")}
                yield source.fault("objects", _("信息项 %(fact)s 不是%(kind)s的，办理对象与表单不符") % words)


def _of(fact: str) -> str | None:
    """Of whom a fact is known; None for what is known of whoever applies."""
    if fact in contact_facts.KEYS:
        return "person"
    return CATALOGUE[fact].of if fact in CATALOGUE else None


def _facts(sheet: Sheet) -> Iterator[str]:
    yield from (wanted.fact for wanted in sheet.facts)
    for section in sheet.sections:
        for page in section.pages:
            yield from (one.bind.fact for one in page.fields if one.bind)


def _paths(sheet: Sheet) -> Iterator[str]:
    for section in sheet.sections:
        for page in section.pages:
            yield from _paths_of(page.fields, "")


def _paths_of(fields: Iterable[FieldSheet], above: str) -> Iterator[str]:
    for one in fields:
        yield f"{above}{one.path}"
        yield from _paths_of(one.fields, f"{above}{one.path}[].")


def _follow_ups(source: Source, item: ItemDefinition, pack: Pack) -> Iterator[Fault]:
    """What is opened by the house is an item of the pack that is made for it."""
    for number, wanted in enumerate(item.follow_ups):
        place = f"follow_ups[{number}].item"
        yield from pack.lacks(source, place, "item", wanted.item)
        written = pack.of("item").get(wanted.item)
        found = written.model if written else None
        if isinstance(found, ItemDefinition) and found.handling.ways != ["house"]:
            yield source.fault(
                place,
                _("%(item)s 不是依职权办理的事项") % {"item": wanted.item},
                suggestion=_("请在该事项写 ways: [house]"),
            )


def _terms(source: Source, item: ItemDefinition, pack: Pack) -> Iterator[Fault]:
    """Every term is an output of a table of the pack."""
    for number, term in enumerate(item.terms):
        if term.table is None or term.output is None:
            yield from _left(source, item, pack, number)
            continue
        yield from pack.lacks(source, f"terms[{number}].table", "table", term.table)
        table = _table(pack, term.table)
        outputs = [output.name for output in table.outputs] if table else [term.output]
        if term.output not in outputs:
            words = {"table": term.table, "name": term.output}
            yield source.fault(
                f"terms[{number}].output",
                _("决策表 %(table)s 没有结果列 %(name)s") % words,
                suggestion=did_you_mean(term.output, outputs),
            )


def _left(source: Source, item: ItemDefinition, pack: Pack, number: int) -> Iterator[Fault]:
    """What an earlier state of the process is said to leave is left by one."""
    written, wanted = pack.of("process").get(item.handling.process), item.terms[number].left
    if written is None or not isinstance(written.model, FlowDefinition) or wanted is None:
        return
    states = remembered(written.model, asked_in(pack))
    known = [f"{state}.{value}" for state, left in states.items() for value in left]
    if wanted not in known:
        message = _("流程中没有环节留下 %(name)s") % {"name": wanted}
        yield source.fault(f"terms[{number}].left", message, suggestion=did_you_mean(wanted, known))


def _asked_for(source: Source, item: ItemDefinition, pack: Pack) -> Iterator[Fault]:
    """Process and tables decide by facts; who names none of the item's inputs waits for ever."""
    given = {one.name for one in item.inputs}
    for name, where in sorted(_needed(item, pack).items()):
        if name not in given:
            yield source.fault(
                "inputs",
                _("%(where)s 需要 %(name)s，这里没有给出") % {"where": where, "name": name},
                suggestion=did_you_mean(name, given),
            )


def _needed(item: ItemDefinition, pack: Pack) -> dict[str, str]:
    """The names of all facts that are asked for, each with the file that asks."""
    written = pack.of("process").get(item.handling.process)
    flows = {
        key: one.model for key, one in pack.of("process").items() if isinstance(one.model, FlowDefinition)
    }
    tables = asked_in(pack)
    needed: dict[str, str] = {}
    asking = {term.table for term in item.terms if term.table}
    left: set[str] = set()
    if written is not None and isinstance(written.model, FlowDefinition):
        for called in sorted(calls(item.handling.process, flows) & flows.keys()):
            needed |= dict.fromkeys(flows[called].facts, pack.of("process")[called].file)
            asking |= set(tables_of(flows[called]))
            left |= set(remembered(flows[called], tables))
    drawn_needs, drawn_left = checking_drawn.needed(item, pack)
    needed |= drawn_needs
    left |= drawn_left
    for key in asking & tables.keys():
        file = (pack.of("table").get(key) or pack.of("model")[key.partition(".")[0]]).file
        needed |= dict.fromkeys(set(needs(tables[key])) - left, file)
    return needed


def _table(pack: Pack, key: str) -> TableDefinition | None:
    source = pack.of("table").get(key)
    return source.model if source and isinstance(source.model, TableDefinition) else None
