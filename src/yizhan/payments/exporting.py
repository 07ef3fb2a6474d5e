"""The list for the bank 发放名册导出: the only place where whole account numbers leave the house."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass

from django.utils.translation import gettext as _

from yizhan import journal
from yizhan.identity.actor import Actor
from yizhan.journal import access
from yizhan.payments import accounts
from yizhan.payments.accounts import Account
from yizhan.payments.closing import require_payer
from yizhan.payments.models import Line, MonthlyList
from yizhan.payments.refusals import Refused
from yizhan.ui import dates

# What makes a spreadsheet take a text for a formula.
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
_FIELDS = ["name", "account_holder", "account_bank", "account_number", "amount"]


@dataclass(frozen=True)
class File:
    """A file to be handed to a browser."""

    name: str
    content: bytes


def export(roll: MonthlyList, *, by: Actor) -> File:
    """A closed list as CSV (RFC 4180, UTF-8 with the mark that spreadsheets look for).

    Every due line is a row; the access log gets a line with all persons, the journal one about the list. The
    door sees to it that whoever exports has proved recently who they are.

    Raises:
        NotAllowed: not the payer of this benefit.
        Refused: the list is not closed yet.
        NobodyLooks: outside of a request that keeps an access log.
    """
    require_payer(roll.benefit, by)
    if not hasattr(roll, "closure"):
        raise Refused(_("名册尚未关账，关账后才能导出。"))
    lines = list(
        Line.objects.filter(list=roll, state=Line.State.DUE)
        .select_related("entitlement", "list")
        .order_by("entitlement_id", "month")
    )
    purpose = _("导出%(title)s%(month)s发放名册") % {"title": roll.benefit, "month": dates.month(roll.month)}
    subjects = dict.fromkeys(line.entitlement.subject for line in lines)
    access.saw(subjects, _FIELDS, purpose=f"reason:{purpose}", action="export")
    journal.write("payment_list.exported", subject=roll.subject, actor=by.key, list=roll.pk, lines=len(lines))
    name = _("发放名册-%(title)s-%(month)s.csv") % {"title": roll.benefit, "month": f"{roll.month:%Y-%m}"}
    # What was changed since the list was closed goes into the next one.
    paid_to = accounts.of({line.entitlement for line in lines}, at=roll.closure.at)
    return File(name, _written(lines, paid_to))


def _written(lines: list[Line], paid_to: dict[int, Account]) -> bytes:
    text = io.StringIO()
    out = csv.writer(text, lineterminator="\r\n")
    out.writerow([
        _("序号"), _("受理编号"), _("姓名"), _("户名"), _("开户银行"), _("银行账号"),
        _("所属月份"), _("金额（元）"), _("备注"),
    ])  # fmt: skip
    for number, line in enumerate(lines, 1):
        one, account = line.entitlement, paid_to[line.entitlement_id]
        texts = (one.case_number, one.subject_name, account.holder, account.bank, account.number)
        remark = _("补发") if line.in_arrears else ""
        out.writerow([number, *map(guarded, texts), f"{line.month:%Y-%m}", line.amount, remark])
    return text.getvalue().encode("utf-8-sig")


def guarded(text: str) -> str:
    """A text that no spreadsheet takes for a formula: an apostrophe stands before what could begin one."""
    return f"'{text}" if text.lstrip(" ").startswith(_FORMULA) else text
