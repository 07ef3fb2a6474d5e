"""Why a case stays with its version 不能改用的原因: it has ended, was not asked something, or is not at rest.

What is asked of other tables, is asked for many cases at once (:func:`unrest`).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Set
from dataclasses import dataclass

from yizhan.cases import processes
from yizhan.cases.item import ItemDefinition
from yizhan.cases.models import Case, Suspension
from yizhan.cases.refusals import Refusal
from yizhan.forms.paths import get
from yizhan.journal.models import Effect
from yizhan.releases.models import definition
from yizhan.workflow.processes import nodes as n
from yizhan.workflow.processes.graph import Graph
from yizhan.workflow.processes.refusal import NotPossible
from yizhan.workflow.processes.situation import Situation
from yizhan.workflow.processes.stepping import offers
from yizhan.workflow.words import Words


class Stays(Refusal):
    """The case stays with its release; ``words`` say why."""

    def __init__(self, zh: str, en: str) -> None:
        super().__init__(en)
        self.words = Words(zh, en)

    @property
    def message(self) -> str:
        """Why, in the language of the page."""
        return str(self.words)


class ThereAlready(Stays):
    """The case is handled by that release; an order that was given twice finds it so."""

    def __init__(self) -> None:
        super().__init__(zh="本件已经使用这一版", en="It is handled by this version already")


@dataclass(frozen=True)
class Unrest:
    """What is still under way of some cases.

    Attributes:
        errands: cases of which a paper or a work is still being made.
        pauses: for which reasons the limits of a case stand still.
    """

    errands: Set[int]
    pauses: Mapping[int, Set[str]]


def unrest(cases: Iterable[int]) -> Unrest:
    """What is still under way of these cases; two questions, however many they are."""
    wanted = list(cases)
    pauses: defaultdict[int, set[str]] = defaultdict(set)
    for case, kind in Suspension.objects.filter(case__in=wanted, until=None).values_list("case", "kind"):
        pauses[case].add(kind)
    waiting = Effect.objects.filter(done_at=None, refused_at=None, body__case__in=wanted)
    errands = waiting.filter(topic__startswith="case.").values_list("body__case", flat=True)
    return Unrest(frozenset(errands), pauses)


def require_facts(case: Case, new: Graph, item: ItemDefinition) -> None:
    """What conditions of the new process need was asked, or looked up, when this case was filed."""
    filing = max(case.filings.all(), key=lambda one: one.rev)
    needed = new.all_facts
    old_item = definition(case.release_id, "item", case.item_id, ItemDefinition)
    known = {(one.name, one.path) for one in old_item.inputs}
    for wanted in item.inputs:
        if wanted.name not in needed:
            continue
        missing = (
            wanted.fact not in filing.facts
            if wanted.fact is not None
            else (wanted.name, wanted.path) not in known and get(filing.data, wanted.path or "") is None
        )
        if missing:
            raise Stays(
                zh=f"新版流程要用到“{wanted.name}”，本件申报时没有采集",
                en=f"The new process needs “{wanted.name}”, which was not asked when this case was filed",
            )


def require_offers(case: Case, new: Graph, item: ItemDefinition, after: Situation) -> None:
    """Whoever has a task there finds an action that can be computed."""
    filed = list(case.filings.all())
    facts = processes.Facts(item, lambda: max(filed, key=lambda one: one.rev))
    for token in after.tokens:
        if isinstance(new.nodes[token.node], n.Task) and after.within(token.id) is None:
            try:
                offers(new, after, token.id, facts)
            except NotPossible as fault:
                raise Stays(fault.zh, fault.en) from fault


def require_rest(case: Case, item: ItemDefinition, unrest: Unrest) -> None:
    """Nothing of the old release is still on its way, or waited for by a rule that the new one does not have."""
    if case.pk in unrest.errands:
        raise Stays(
            zh="还有文书或自动办理尚未完成，请稍后再试",
            en="A paper or a work is still being made; try again later",
        )
    kinds = unrest.pauses.get(case.pk, ())
    if item.limits.suspensions and any(item.limits.suspension(kind) is None for kind in kinds):
        raise Stays(
            zh="本件正在中止计时，而新版没有这种中止事由",
            en="Its limits stand still for a reason that the new version has not",
        )
