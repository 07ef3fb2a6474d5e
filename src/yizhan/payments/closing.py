"""Closing a list 关账: from then on it is what the bank gets, and nothing in it changes."""

from __future__ import annotations

import json

from django.db import transaction
from django.utils.translation import gettext as _

from yizhan import clock, journal
from yizhan.database.asking import Question
from yizhan.identity.actor import Actor
from yizhan.identity.faults import NotAllowed
from yizhan.identity.models import Unit
from yizhan.payments.models import Benefit, ListClosure, MonthlyList
from yizhan.payments.refusals import Refused
from yizhan.payments.totals import totals
from yizhan.ui import dates


def close(roll: MonthlyList, *, by: Actor) -> ListClosure:
    """Close a list; what is decided from now on goes into the next one.

    Raises:
        NotAllowed: not the payer of this benefit.
        Refused: closed already, still being made, or an earlier list is open.
    """
    require_payer(roll.benefit, by)
    with transaction.atomic():
        roll = MonthlyList.objects.select_for_update().get(pk=roll.pk)
        _closable(roll)
        came_to = totals(roll)
        closure = ListClosure.objects.create(
            list=roll,
            at=clock.now(),
            by=by.key,
            by_name=" · ".join(part for part in (by.name, by.post_title) if part)[:160],
            people=came_to.people,
            amount=came_to.amount,
            arrears=came_to.arrears,
            held=came_to.held,
            withdrawn=came_to.withdrawn,
        )
        journal.write(
            "payment_list.closed",
            subject=roll.subject,
            actor=by.key,
            list=roll.pk,
            benefit=roll.benefit_id,
            people=closure.people,
            amount=str(closure.amount),
        )
    return closure


def require_payer(benefit: Benefit, by: Actor) -> None:
    """See that somebody holds the role by which lists of this benefit are closed and exported.

    Raises:
        NotAllowed: they do not.
    """
    if benefit not in benefits_of(by):
        raise NotAllowed(_("您的岗位没有办理此事的权限"))


def benefits_of(actor: Actor) -> list[Benefit]:
    """The benefits whose lists somebody closes and exports: the payer's role reaches their unit."""
    benefits = [one for one in Benefit.objects.order_by("key") if actor.holds(one.payer)]
    if not benefits:
        return []
    units = Unit.objects.in_bulk([benefit.unit for benefit in benefits])
    return [
        benefit
        for benefit in benefits
        if (unit := units.get(benefit.unit)) and actor.may(benefit.payer, unit.path, unit.division)
    ]


def payers() -> Question:
    """The role that pays each benefit, with path and division of its unit; every page of the desk asks."""
    return Question(
        """select json_agg(json_build_array(b.payer, u.path, u.division))::text
           from payments_benefit b join identity_unit u on u.code = b.unit"""
    )


def pays(actor: Actor, told: str | None) -> bool:
    """Whether somebody pays any benefit, by the answer to :func:`payers`."""
    return any(actor.may(*payer) for payer in json.loads(told or "[]"))


def _closable(roll: MonthlyList) -> None:
    if hasattr(roll, "closure"):
        raise Refused(
            _("%(month)s的名册已由%(name)s关账，没有重复关账。")
            % {"month": dates.month(roll.month), "name": roll.closure.by_name}
        )
    if roll.built_at is None:
        raise Refused(_("名册还在编制，编制完成后才能关账。请稍后刷新页面。"))
    earlier = MonthlyList.objects.filter(benefit=roll.benefit_id, month__lt=roll.month, closure=None)
    first = earlier.order_by("month").first()
    if first is not None:
        raise Refused(_("请先关账%(month)s的名册。") % {"month": dates.month(first.month)})
