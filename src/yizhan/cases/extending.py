"""Extending a limit once 延长期限: asked by one person, granted by another, told to the applicant with the reason."""

from __future__ import annotations

import uuid

from django.utils.translation import gettext as _

from yizhan.cases import issuing, limits, naming, sending, tasks
from yizhan.cases.item_limits import ExtensionRule
from yizhan.cases.models import Case, Clock, ClockState, Extension, ExtensionAnswer
from yizhan.cases.paper_data import EXTENDED
from yizhan.cases.refusals import Incomplete, MustDiffer, NotNow, NotYours
from yizhan.cases.step import Answer, Step, take
from yizhan.identity.actor import Actor
from yizhan.identity.models import Unit

MESSAGE = "extended"
_LONGEST = 1000
MOST = 200
sending.announce(MESSAGE, {*sending.GIVEN, "due"})


def rule(case: Case) -> ExtensionRule | None:
    """How the item's limits can be extended; none where they cannot."""
    return naming.item(case).limits.extension


def ask(case: int, task: int, *, reason: str, by: Actor, command: uuid.UUID) -> Answer:
    """Ask for the extension that the item knows; whoever works on the case may.

    Raises:
        NotYours: the task is not the actor's.
        NotNow: the item knows none, it was asked for before, or the limit has ended.
        Incomplete: no reason was given.
    """
    words = _worded(reason, "extension_reason", _("请写明延期的理由"))

    def do(step: Step) -> Answer:
        tasks.held(step, task)
        found = step.item.limits.extension
        if found is None:
            raise NotNow(_("此事项的期限不能延长。"))
        asked = Extension.objects.filter(case=step.case).exclude(answer__granted=False)
        if asked.exists():
            raise NotNow(_("期限只能延长一次，本件已经申请过延期。"))
        clocks = _clocks(step, list(found.clocks))
        made = Extension.objects.create(
            case=step.case,
            rev=step.rev,
            at=step.at,
            by=step.who,
            account=by.account_id,
            kinds=[clock.kind for clock in clocks],
            amount=found.amount,
            reason=words,
            basis=found.basis.model_dump(mode="json"),
            role=found.role,
            unit=found.unit or step.case.unit,
            number=step.case.number,
            item=step.case.item_id,
        )
        step.take_part(made.unit)
        step.note(extension={"asked": made.id, "amount": made.amount, "reason": words})
        step.news("extension.asked", at_unit=made.unit, role=made.role)
        return {"extension": made.id}

    return take(case, by=by, command=command, kind="extension.asked", do=do)


def answer(
    case: int, extension: int, *, granted: bool, words: str = "", by: Actor, command: uuid.UUID
) -> Answer:
    """Grant an extension or refuse it; once, before the limit ends, by somebody else than who asked.

    Raises:
        NotYours: the actor does not hold the role that the item names.
        MustDiffer: the actor, or whoever they act for, asked for it.
        NotNow: it was answered already, or the limit has ended meanwhile.
        Incomplete: a refusal without a reason.
    """
    said = _worded(words, "answer_words", "" if granted else _("不同意延期的，请写明理由"))

    def do(step: Step) -> None:
        found = Extension.objects.filter(case=step.case, id=extension).first()
        if found is None or not may_answer(by, found):
            raise NotYours
        if asked_by(by, found):
            raise MustDiffer
        if ExtensionAnswer.objects.filter(extension=found).exists():
            raise NotNow(_("这项延期申请已经答复。"))
        moved = _extend(step, found) if granted else []
        ExtensionAnswer.objects.create(
            extension=found,
            case=step.case,
            rev=step.rev,
            at=step.at,
            by=step.who,
            account=by.account_id,
            granted=granted,
            words=said,
            moved=moved,
        )
        step.reason = found.reason
        step.note(extension={"answered": found.id, "granted": granted, "moved": moved, "reason": said})
        step.news("extension.granted" if granted else "extension.refused", amount=found.amount)

    return take(case, by=by, command=command, kind="extension.answered", do=do)


def may_answer(actor: Actor, extension: Extension) -> bool:
    """Whether somebody holds the role that answers, at the unit that does."""
    unit = Unit.objects.filter(code=extension.unit).only("path", "division").first()
    return unit is not None and actor.may(extension.role, unit.path, unit.division)


def waiting(actor: Actor) -> list[Extension]:
    """The requests that the actor may answer, the oldest first."""
    roles = sorted(actor.roles)
    open_ = Extension.objects.filter(role__in=roles, answer=None, case__closed_at=None).select_related("case")
    return [one for one in open_.order_by("id")[:MOST] if may_answer(actor, one) and not asked_by(actor, one)]


def asked_by(actor: Actor, extension: Extension) -> bool:
    """Whether the actor, or whoever they act for, asked for it."""
    behalf = actor.on_behalf_of.account_id if actor.on_behalf_of else None
    return extension.account is not None and extension.account in (actor.account_id, behalf)


def _clocks(step: Step, kinds: list[str]) -> list[Clock]:
    """The clocks that can still be extended.

    Raises:
        NotNow: there are none, or the limit has ended.
    """
    found = [one for one in step.sheet.clocks if one.kind in kinds and one.task is None]
    if not found:
        raise NotNow(_("受理后、作出决定前才能延长期限。"))
    if any(clock.state == ClockState.SUSPENDED for clock in found):
        raise NotNow(_("正在中止计时，请在恢复后办理延期。"))
    left = [clock for clock in found if clock.due_at is not None and clock.due_at > step.at]
    if not left:
        raise NotNow(_("期限已经届满，不能再延长。"))
    return left


def _extend(step: Step, extension: Extension) -> list[dict[str, object]]:
    moved: list[dict[str, object]] = []
    latest = None
    for clock in _clocks(step, extension.kinds):
        was = clock.due_at
        clock.extended = extension.amount
        end = limits.settle(step, clock)
        moved.append(
            {
                "clock": clock.id,
                "kind": clock.kind,
                "was": was.isoformat() if was else None,
                "due": end.due_at.isoformat() if end.due_at else None,
            }
        )
        latest = end.last_day if clock.kind == "promised" or latest is None else latest
    tasks.keep_due(step)
    step.reason = extension.reason
    sending.message(step, MESSAGE, due=latest)
    issuing.paper(
        step,
        EXTENDED,
        what=f"{EXTENDED}-{extension.id}",
        about=extension.id,
        until=latest.isoformat() if latest else None,
    )
    return moved


def _worded(words: str, place: str, missing: str) -> str:
    said = words.strip()
    if missing and not said:
        raise Incomplete([(place, missing)])
    if len(said) > _LONGEST:
        raise Incomplete([(place, _("请控制在 %(n)s 字以内") % {"n": _LONGEST})])
    return said
