"""What is wrong with a journey among the rest of its pack: all that it names is there."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator

from django.utils.translation import gettext as _

from yizhan import feel
from yizhan.cases import templates
from yizhan.registry import licence_kinds
from yizhan.registry.catalogue import CATALOGUE
from yizhan.rehearsal.definition import Applying, JourneyDefinition, Somebody, StepDefinition
from yizhan.rehearsal.expected import Expected
from yizhan.rehearsal.names import Names, item_of, leaves
from yizhan.releases.faults import Fault, did_you_mean
from yizhan.releases.pack import Pack, Source

_PLACES = ("item unit", "area subdistrict")
_DOERS = {"supplies", "withdraws"}  # what only somebody who applied can do


def check(source: Source, pack: Pack) -> Iterator[Fault]:
    """All faults of a journey."""
    journey = source.model
    if not isinstance(journey, JourneyDefinition):
        return
    item = item_of(pack, journey.item)
    if item is None:
        yield from _no_item(source, pack, journey)
        return
    names = Names(pack, item)
    for key, somebody in journey.people.items():
        yield from _somebody(source, journey, f"people.{key}", somebody, names)
    yield from _applying(source, journey, journey.applies, names)
    for number, step in enumerate(journey.steps):
        path = f"steps[{number}]"
        if step.follows is not None:
            following = [one.item for one in names.item.follow_ups]
            words = _("事项没有后续事项 %(name)s")
            yield from _unknown(source, f"{path}.follows", step.follows, following, words)
            names = Names(pack, item_of(pack, step.follows) or names.item)
        yield from _step(source, journey, path, step, names)


def _no_item(source: Source, pack: Pack, journey: JourneyDefinition) -> Iterator[Fault]:
    known = pack.keys("item")
    if journey.item is not None and journey.item not in known:
        yield from pack.lacks(source, "item", "item", journey.item)
    elif journey.item is None and len(known) > 1:
        words = _("应用包有几个事项，请用 item 写明是哪一个")
        yield source.fault("", words, suggestion=did_you_mean("", known))


def _unknown(source: Source, path: str, name: str, known: Collection[str], words: str) -> Iterator[Fault]:
    if name not in known:
        yield source.fault(path, words % {"name": name}, suggestion=did_you_mean(name, known))


def _somebody(
    source: Source, journey: JourneyDefinition, path: str, one: Somebody, names: Names
) -> Iterator[Fault]:
    others = {key for key, other in journey.people.items() if other.person or other.found}
    if one.company:
        place = f"{path}.company"
        named = [("representative", one.company.representative)]
        named += [(f"agents[{n}]", agent) for n, agent in enumerate(one.company.agents)]
        for at, key in named:
            yield from _unknown(source, f"{place}.{at}", key, others, _("people 里没有居民 %(name)s"))
        for number, held in enumerate(one.company.licences):
            at = f"{place}.licences[{number}].kind"
            yield from _unknown(source, at, held.kind, licence_kinds.known(), _("没有证照类型 %(name)s"))
    if one.found:
        for number, key in enumerate(one.found.agents):
            at = f"{path}.found.agents[{number}]"
            yield from _unknown(source, at, key, others, _("people 里没有居民 %(name)s"))
        yield from _condition(source, f"{path}.found.where", one.found.where)
    if one.staff:
        yield from _staff(source, f"{path}.staff", one.staff.role, one.staff.unit, names)


def _condition(source: Source, path: str, where: str) -> Iterator[Fault]:
    try:
        feel.expression(where)
    except feel.SyntaxFault as fault:
        yield source.fault(path, str(fault))


def _staff(source: Source, path: str, role: str, unit: str, names: Names) -> Iterator[Fault]:
    known = names.known
    if "role" in known:
        yield from _unknown(source, f"{path}.role", role, known["role"], _("没有角色 %(name)s"))
    if unit not in _PLACES and "unit" in known and unit not in known["unit"]:
        words, near = _("本区没有单位 %(name)s") % {"name": unit}, did_you_mean(unit, known["unit"])
        yield source.fault(f"{path}.unit", words, suggestion=near, weight="warning")


def _applying(source: Source, journey: JourneyDefinition, one: Applying, names: Names) -> Iterator[Fault]:
    people = journey.people
    for place, key in (("by", one.by), ("for", one.for_)):
        if key is not None:
            yield from _unknown(source, f"applies.{place}", key, people, _("people 里没有 %(name)s"))
    by = people.get(one.by)
    if by is not None and by.company:
        yield source.fault("applies.by", _("企业由人来办：请写法定代表人、经办人或窗口人员"))
    if by is not None and by.staff and one.for_ is None:
        yield source.fault("applies", _("窗口收件须用 for 写明为谁办理"))
    yield from _answers(source, "applies.form", leaves(one.form), names)
    if isinstance(one.files, list):
        yield from _answers(source, "applies.files", one.files, names)
    yield from _expected(source, "applies.expect", one.expect, names)


def _answers(source: Source, path: str, places: Iterable[str], names: Names) -> Iterator[Fault]:
    known = names.questions
    for place in places if known is not None else ():
        if place not in (known or ()):
            at = f"{path}.{place}" if path.endswith(("form", "supplies")) else path
            words = _("表单没有填写项 %(path)s") % {"path": place}
            yield source.fault(at, words, suggestion=did_you_mean(place, known or ()))


def _step(
    source: Source, journey: JourneyDefinition, path: str, step: StepDefinition, names: Names
) -> Iterator[Fault]:
    if step.by is not None:
        yield from _unknown(source, f"{path}.by", step.by, journey.people, _("people 里没有 %(name)s"))
        yield from _doer(source, path, step, journey.people.get(step.by))
    if names.graph is not None:
        states = names.states
        for place in ("where", "sends_back", "reopens"):
            key = getattr(step, place)
            if key is not None:
                yield from _unknown(source, f"{path}.{place}", key, states, _("流程没有环节 %(name)s"))
        if step.does is not None:
            at = step.where if step.where in states else None
            known = names.actions(at)
            yield from _unknown(source, f"{path}.does", step.does, known, _("流程没有操作 %(name)s"))
    for number, missing in enumerate(step.asks):
        if missing.path:
            yield from _answers(source, f"{path}.asks[{number}]", [missing.path], names)
    yield from _answers(source, f"{path}.supplies", leaves(step.supplies or {}), names)
    yield from _expected(source, f"{path}.expect", step.expect, names)


def _doer(source: Source, path: str, step: StepDefinition, one: Somebody | None) -> Iterator[Fault]:
    if one is None:
        return
    verb = step.verb
    if one.company:
        yield source.fault(f"{path}.by", _("企业由人来办：请写法定代表人、经办人或窗口人员"))
    elif not one.staff and verb not in {*_DOERS, "urges"}:
        words = _("%(verb)s 须由工作人员来做") % {"verb": verb}
        yield source.fault(f"{path}.by", words)
    elif one.staff and verb == "withdraws":
        yield source.fault(f"{path}.by", _("撤回须由申请人来做"))


def _expected(source: Source, path: str, one: Expected, names: Names) -> Iterator[Fault]:
    yield from _expected_states(source, path, one, names)
    for kind, keys, known, words in (
        ("papers", one.papers, {*names.pack.keys("paper"), *templates.USES}, _("应用包没有文书 %(name)s")),
        ("messages", one.messages, names.messages, _("应用包没有通知 %(name)s")),
        ("told", one.told, names.messages, _("应用包没有通知 %(name)s")),
        ("licences", one.licences, set(licence_kinds.known()), _("没有证照类型 %(name)s")),
    ):
        for number, key in enumerate(keys or ()):
            if known is not None:
                yield from _unknown(source, f"{path}.{kind}[{number}]", key, known, words)
    for fact in one.facts.keys() - CATALOGUE.keys():
        words = _("基础库没有信息项 %(fact)s") % {"fact": fact}
        yield source.fault(f"{path}.facts.{fact}", words, suggestion=did_you_mean(fact, CATALOGUE))
    terms = {term.name for term in names.item.terms}
    for term in one.terms:
        yield from _unknown(source, f"{path}.terms.{term}", term, terms, _("事项没有核定内容 %(name)s"))
    for table, rules in one.rows.items():
        known_rules = names.rules(table)
        for rule in rules if known_rules is not None else ():
            words = _("决策表没有规则 %(name)s")
            yield from _unknown(source, f"{path}.rows.{table}", rule, known_rules or (), words)


def _expected_states(source: Source, path: str, one: Expected, names: Names) -> Iterator[Fault]:
    states = names.states if names.graph is not None else None
    if states is None:
        return
    words = _("流程没有环节 %(name)s")
    for number, state in enumerate(one.stands or ()):
        yield from _unknown(source, f"{path}.stands[{number}]", state, states, words)
    for number, task in enumerate(one.tasks or ()):
        yield from _unknown(source, f"{path}.tasks[{number}].at", task.at, states, words)
