"""Looking whether all is as a journey expects 核对: every difference is told, not only the first."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from yizhan.cases.models import Case, Clock, Event, Task
from yizhan.clock import ZONE
from yizhan.forms.paths import get
from yizhan.payments import amounts
from yizhan.payments.models import Entitlement
from yizhan.registry import licences
from yizhan.registry.facts import facts
from yizhan.registry.models import Licence
from yizhan.registry.purposes import ForCase
from yizhan.rehearsal.expected import Expected, ExpectedTask
from yizhan.rehearsal.failure import Failed
from yizhan.rehearsal.stage import Fresh, Stage
from yizhan.ui.language import listed

_A_MOMENT = timedelta(microseconds=1)
_NONE = "—"


class Looking:
    """One look at the case after a step; in the house's scope."""

    def __init__(self, stage: Stage, case: Case, expected: Expected, path: str, fresh: Fresh) -> None:
        self.stage, self.case, self.expected = stage, case, expected
        self.path, self.fresh = path, fresh

    def differences(self) -> list[Failed]:
        """All that is not as expected."""
        return [found for look in _LOOKS for found in look(self)]

    def differs(self, key: str, wanted: Any, found: Any) -> Iterator[Failed]:
        """A difference, if there is one."""
        if plain(wanted) != plain(found):
            words = _("应为 %(wanted)s，实为 %(found)s") % {"wanted": shown(wanted), "found": shown(found)}
            yield Failed(f"{self.path}.{key}", words)

    def clocks(self) -> dict[str, Clock]:
        """The clocks of the case as a whole, the latest of each kind."""
        found = Clock.objects.filter(case=self.case, task=None).order_by("id")
        return {one.kind: one for one in found}


def plain(value: Any) -> Any:
    """A value as it can be compared, wherever it comes from: days as texts, numbers as numbers."""
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, int | float | Decimal) and not isinstance(value, bool):
        return float(value)
    return [plain(one) for one in value] if isinstance(value, list | tuple) else value


def shown(value: Any) -> str:
    """A value in few words."""
    if value is None or value == []:
        return _NONE if value is None else _("没有")
    if isinstance(value, bool):
        return _("是") if value else _("否")
    if isinstance(value, list | tuple | set):
        return listed(shown(one) for one in value)
    return str(value)


def _state(look: Looking) -> Iterator[Failed]:
    wanted, case = look.expected, look.case
    if wanted.status is not None:
        yield from look.differs("status", wanted.status, str(case.status))
    if wanted.outcome is not None:
        yield from look.differs("outcome", wanted.outcome, case.outcome or None)
    if wanted.stands is not None:
        stands = sorted(token.node for token in case.tokens.all() if not _holds(case, token.node))
        yield from look.differs("stands", sorted(wanted.stands), stands)


def _holds(case: Case, node: str) -> bool:
    """Whether something stands within the body of a node: then that tells where the case is."""
    return case.scopes.filter(node=node, closed_at=None).exists()


def _tasks(look: Looking) -> Iterator[Failed]:
    wanted = look.expected.tasks
    if wanted is None:
        return
    left = look.stage.tasks()
    for number, one in enumerate(wanted):
        found = next((task for task in left if _is(one, task)), None)
        if found is None:
            there = shown([_said(task) for task in left])
            words = _("没有这项待办；现有：%(tasks)s") % {"tasks": there}
            yield Failed(f"{look.path}.tasks[{number}]", words)
        else:
            left.remove(found)
            if one.due is not None:
                yield from look.differs(f"tasks[{number}].due", one.due, _last_day(found.due_at))
    if left:
        words = _("还有未写的待办：%(tasks)s") % {"tasks": shown([_said(task) for task in left])}
        yield Failed(f"{look.path}.tasks", words)


def _is(wanted: ExpectedTask, task: Task) -> bool:
    of = "applicant" if task.audience == "applicant" else task.unit
    return (wanted.at, wanted.held) == (task.node, task.state == "held") and wanted.of in (None, of)


def _said(task: Task) -> str:
    of = "applicant" if task.audience == "applicant" else task.unit
    held = _("，暂停") if task.state == "held" else ""
    return f"{task.node} {of}{held}"


def _due(look: Looking) -> Iterator[Failed]:
    clocks = look.clocks() if look.expected.due else {}
    for kind, wanted in look.expected.due.items():
        clock = clocks.get(kind)
        found: Any = None
        if clock is not None:
            found = _last_day(clock.due_at) if clock.state == "running" else str(clock.state)
        yield from look.differs(f"due.{kind}", wanted, found)


def _last_day(due_at: datetime | None) -> Any:
    return (due_at - _A_MOMENT).astimezone(ZONE).date() if due_at else None


def _decided(look: Looking) -> Iterator[Failed]:
    held = _rows(look.case) if look.expected.rows else {}
    for table, rules in look.expected.rows.items():
        yield from look.differs(f"rows.{table}", rules, held.get(table))
    if look.expected.terms:
        decision = getattr(look.case, "decision", None)
        terms = decision.terms if decision else {}
        for name, wanted in look.expected.terms.items():
            yield from look.differs(f"terms.{name}", wanted, terms.get(name))
    left = look.case.marks.get("data", {}) if look.expected.data else {}
    for place, wanted in look.expected.data.items():
        yield from look.differs(f"data.{place}", wanted, get(left, place))


def _rows(case: Case) -> dict[str, list[str]]:
    """The rules that held, by table, in the last step that asked it."""
    held: dict[str, list[str]] = {}
    for event in Event.objects.filter(case=case).order_by("rev"):
        records = [event.delta["decision"]] if "decision" in event.delta else []
        for record in [*records, *event.delta.get("terms", [])]:
            held[record["table"]] = record["rules"]
    return held


def _came(look: Looking) -> Iterator[Failed]:
    for kind in ("papers", "messages", "told"):
        wanted = getattr(look.expected, kind)
        if wanted is not None:
            yield from look.differs(kind, sorted(wanted), sorted(one.key for one in look.fresh[kind]))
    if look.expected.cards is not None:
        wanted = sorted(f"{card.colour} {card.of}" for card in look.expected.cards)
        yield from look.differs("cards", wanted, sorted(one.key for one in look.fresh["cards"]))


def _registers(look: Looking) -> Iterator[Failed]:
    purpose = ForCase(look.case.number)
    if look.expected.licences is not None:
        held = licences.held(look.case.subject, purpose=purpose)
        kinds = sorted(one.kind for one in held if one.state == Licence.State.IN_FORCE)
        yield from look.differs("licences", sorted(look.expected.licences), kinds)
    if look.expected.facts:
        known = facts(look.case.subject, look.expected.facts, purpose=purpose)
        for key, wanted in look.expected.facts.items():
            yield from look.differs(f"facts.{key}", wanted, known[key].value)


def _payment(look: Looking) -> Iterator[Failed]:
    wanted = look.expected.payment
    if wanted is None:
        return
    begun = list(Entitlement.objects.filter(case_number=look.case.number).order_by("id"))
    if wanted == "none":
        yield from look.differs("payment", [], [one.benefit_id for one in begun])
        return
    if wanted.benefit is not None:
        begun = [one for one in begun if one.benefit_id == wanted.benefit]
    if not begun:
        yield Failed(f"{look.path}.payment", _("没有起发任何待遇"))
        return
    since = begun[0].since
    yield from look.differs("payment.since", wanted.since, f"{since:%Y-%m}")
    amount = amounts.reckon(begun[0], since, begun[0].release_id).amount
    yield from look.differs("payment.monthly", wanted.monthly, amount)


_LOOKS: Iterable[Callable[[Looking], Iterator[Failed]]] = (
    _state, _tasks, _due, _decided, _came, _registers, _payment,
)  # fmt: skip
