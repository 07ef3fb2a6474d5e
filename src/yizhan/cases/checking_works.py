"""Whether processes of a pack give works what they need, and use only what they give back 自动办理检查."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _

from yizhan.cases import works
from yizhan.cases.item import ItemDefinition
from yizhan.releases.faults import Fault, did_you_mean
from yizhan.releases.pack import Pack, Source
from yizhan.workflow.processes.definition import AutomaticDefinition, FlowDefinition
from yizhan.workflow.processes.naming import calls
from yizhan.workflow.processes.places import Place, places


def performed(item: ItemDefinition, pack: Pack) -> Iterator[Fault]:
    """What is wrong with the works of an item's process and of those that it calls."""
    found = pack.of("process").items()
    flows = {key: source.model for key, source in found if isinstance(source.model, FlowDefinition)}
    for key in sorted(calls(item.handling.process, flows) & flows.keys()):
        for place in places(flows[key]):
            if isinstance(place.state, AutomaticDefinition) and place.state.does in works.known():
                yield from _given(pack.of("process")[key], place, place.state)


def _given(source: Source, place: Place, state: AutomaticDefinition) -> Iterator[Fault]:
    work = works.known()[state.does or ""]
    for name in sorted(work.takes - state.with_.keys()):
        words = {"work": state.does, "name": name}
        yield source.fault(f"{place.path}.with", _("%(work)s 需要 %(name)s") % words)
    allowed = work.takes | work.may_take
    for name in sorted(state.with_.keys() - allowed):
        words = {"work": state.does, "name": name}
        yield source.fault(
            f"{place.path}.with.{name}",
            _("%(work)s 用不到 %(name)s") % words,
            suggestion=did_you_mean(name, allowed),
        )
    gives = dict(work.gives or {})
    for name, type_ in state.gives.items():
        if gives.get(name) != type_:
            words = {"work": state.does, "name": name}
            yield source.fault(
                f"{place.path}.gives.{name}",
                _("%(work)s 不返回这样的 %(name)s") % words,
                suggestion=did_you_mean(name, gives),
            )
    for name, event in state.on.items():
        if event.error not in {None, "any"} | work.errors:
            words = {"work": state.does, "name": event.error}
            yield source.fault(
                f"{place.path}.on.{name}.error",
                _("%(work)s 不会报 %(name)s 这种错") % words,
                suggestion=did_you_mean(event.error or "", work.errors),
            )
